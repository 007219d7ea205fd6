using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PiCam.Blazor.Live;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Live;

public sealed class PageScriptTests : IAsyncDisposable
{
    private readonly FakeBrowser browser = new();
    private readonly PageScript script;

    public PageScriptTests()
    {
        script = new PageScript(browser, "./thing.js");
        browser.Answer("stop");
    }

    public ValueTask DisposeAsync() => script.DisposeAsync();

    [Fact]
    public async Task Attach_ThenDispose_StopsAndLetsGo()
    {
        browser.Answer("import");
        browser.Answer("attach");
        await AttachAsync();
        Assert.NotNull(script.Attached);

        await script.DisposeAsync();

        Assert.Equal(["import", "attach", "dispose import", "stop", "dispose attach"], browser.Calls);
        Assert.Null(script.Attached);
    }

    [Fact]
    public async Task Dispose_BeforeTheModuleIsThere_NothingIsAttached()
    {
        var attaching = AttachAsync();

        await script.DisposeAsync();
        browser.Answer("import");
        await attaching;

        Assert.Equal(["import", "dispose import"], browser.Calls);
    }

    [Fact]
    public async Task Dispose_WhileItIsAttached_LetsGoOfWhatArrives()
    {
        browser.Answer("import");
        var attaching = AttachAsync();

        await script.DisposeAsync();
        browser.Answer("attach");
        await attaching;

        Assert.Equal(["import", "attach", "dispose import", "stop", "dispose attach"], browser.Calls);
        Assert.Null(script.Attached);
    }

    [Fact]
    public async Task Dispose_AndTheModuleNeverComes_IsNobodysFailure()
    {
        var attaching = AttachAsync();
        await script.DisposeAsync();

        browser.Fail("import", new JSException("no such module"));
        await attaching;

        Assert.Equal(["import"], browser.Calls);
    }

    [Fact]
    public async Task Attach_BrowserGone_IsNobodysFailure()
    {
        browser.Fail("import", new JSDisconnectedException("gone"));

        await AttachAsync();

        Assert.Null(script.Attached);
        Assert.Null(await script.CallAsync<string>("available"));
    }

    [Fact]
    public async Task Attach_ModuleMissingAndWanted_Fails()
    {
        browser.Fail("import", new JSException("no such module"));

        await Assert.ThrowsAsync<JSException>(AttachAsync);
    }

    [Fact]
    public async Task Open_GoneMeanwhile_LetsGoOfTheModule()
    {
        var opening = script.OpenAsync();

        await script.DisposeAsync();
        browser.Answer("import");
        await opening;

        Assert.Equal(["import", "dispose import"], browser.Calls);
    }

    private Task AttachAsync() => script.AttachAsync(new ElementReference("1"), this);
}
