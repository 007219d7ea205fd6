using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Live;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Live;

public sealed class ExposureGroupTests : IAsyncDisposable
{
    private readonly PanelContext context = new();

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public async Task Slide_OneStopDown_HalvesTheShutterForEveryOpenPage()
    {
        await context.GoLiveAsync();
        await context.Session.UpdateAsync(Callers.Operator, c => c with { ExposureTime = TimeSpan.FromMilliseconds(8) });
        var mine = Render(Callers.Operator);
        var theirs = Render(Callers.Administrator);
        var before = Position(theirs, "Shutter");

        await mine.InvokeAsync(() => Slider(mine, "Shutter").SlideAsync(before - 3));

        Assert.Equal(TimeSpan.FromMilliseconds(4), context.Session.State.Asked.ExposureTime);
        theirs.WaitForAssertion(() => Assert.Equal(before - 3, Position(theirs, "Shutter")), TimeSpan.FromSeconds(30));
        Assert.Equal("1/250 s", Range(theirs, "Shutter").GetAttribute("aria-valuetext"));
    }

    [Fact]
    public async Task AutoSwitch_Off_KeepsWhatTheCameraUsesAndOnAgainLetsGo()
    {
        await context.GoLiveAsync();
        var page = Render(Callers.Operator);
        const string Switch = "[aria-label='Automatic gain']";
        Assert.True(page.Find(Switch).HasAttribute("checked"));

        await page.ChangeAsync(Switch, false);
        Assert.Equal(2, context.Session.State.Asked.AnalogueGain);

        await page.ChangeAsync(Switch, true);
        Assert.Null(context.Session.State.Asked.AnalogueGain);
    }

    [Theory]
    [InlineData("1/500", 2000)]
    [InlineData("0.5 s", 500000)]
    public async Task TypedShutter_GoodValue_IsAsked(string text, double microseconds)
    {
        await context.GoLiveAsync();
        var page = Render(Callers.Operator);

        await page.ChangeAsync("[aria-label='Exposure time']", text);

        Assert.Equal(TimeSpan.FromMicroseconds(microseconds), context.Session.State.Asked.ExposureTime);
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("60 s")]
    public async Task TypedShutter_BadValue_TellsThePersonAndShowsWhatIsInForce(string text)
    {
        await context.GoLiveAsync();
        var snackbar = context.Render<MudBlazor.MudSnackbarProvider>();
        var page = Render(Callers.Operator);
        var before = page.Find("[aria-label='Exposure time']").GetAttribute("value");

        await page.ChangeAsync("[aria-label='Exposure time']", text);

        snackbar.WaitForAssertion(() => Assert.Contains("Shutter", snackbar.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        Assert.Null(context.Session.State.Asked.ExposureTime);
        Assert.Equal(before, page.Find("[aria-label='Exposure time']").GetAttribute("value"));
    }

    [Fact]
    public async Task Slide_DismissedPerson_IsLedAwayAndChangesNothing()
    {
        await context.GoLiveAsync();
        var page = Render(Callers.Operator);
        context.People.Welcome = false;

        await page.InvokeAsync(() => Slider(page, "Shutter").SlideAsync(1));

        Assert.Null(context.Session.State.Asked.ExposureTime);
        var navigation = Assert.IsType<BunitNavigationManager>(context.Services.GetRequiredService<NavigationManager>());
        Assert.True(Assert.Single(navigation.History).Options.ForceLoad, "The page is loaded anew, and the server leads them away.");
    }

    [Fact]
    public async Task Slide_Viewer_IsRefusedWithTheRoleThatItNeeds()
    {
        await context.GoLiveAsync();
        var snackbar = context.Render<MudBlazor.MudSnackbarProvider>();
        var page = Render(Callers.Viewer);

        await page.InvokeAsync(() => Slider(page, "Shutter").SlideAsync(1));

        Assert.Null(context.Session.State.Asked.ExposureTime);
        snackbar.WaitForAssertion(() => Assert.Contains("Operator", snackbar.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Render_CameraWithoutControls_ShowsNoGroup()
    {
        context.Camera.Capabilities = FakeCamera.NoControls;
        await context.GoLiveAsync();

        Assert.Empty(Render(Callers.Operator).Markup.Trim());
    }

    [Fact]
    public async Task Pending_UntilAFrameConfirms_ShowsOnTheSlider()
    {
        await context.GoLiveAsync();
        var page = Render(Callers.Operator);
        context.Camera.ConfirmsControls = false;

        await page.InvokeAsync(() => Slider(page, "ISO").SlideAsync(6));
        page.WaitForAssertion(() => Assert.Contains("pending", Control(page, "ISO").ClassList), TimeSpan.FromSeconds(30));

        await Eventually.TrueAsync(
            () => context.Camera.Applied[^1].Controls.AnalogueGain == 4, "the camera is told", Xunit.TestContext.Current.CancellationToken);
        context.Camera.ConfirmsControls = true;
        context.Camera.Send();
        page.WaitForAssertion(() => Assert.DoesNotContain("pending", Control(page, "ISO").ClassList), TimeSpan.FromSeconds(30));
    }

    private static IElement Range(IRenderedComponent<ExposureGroup> page, string name) =>
        page.Find($"input[type=range][aria-label='{name}']");

    private static int Position(IRenderedComponent<ExposureGroup> page, string name) =>
        int.Parse(Range(page, name).GetAttribute("data-position")!, System.Globalization.CultureInfo.InvariantCulture);

    private static ControlSlider Slider(IRenderedComponent<ExposureGroup> page, string name) =>
        page.FindComponents<ControlSlider>().Single(s => s.Instance.Name == name).Instance;

    private static IElement Control(IRenderedComponent<ExposureGroup> page, string name) => Range(page, name).Closest(".control")!;

    private IRenderedComponent<ExposureGroup> Render(Caller caller) =>
        context.Render<ExposureGroup>(parameters => parameters.Add(p => p.Caller, caller));
}
