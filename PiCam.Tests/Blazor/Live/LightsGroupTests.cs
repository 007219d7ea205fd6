using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PiCam.Blazor.Live;
using PiCam.Core.Access;
using PiCam.Core.Lights;
using PiCam.Core.Lines;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Live;

public sealed class LightsGroupTests
{
    private static readonly Caller Ana = new("1", "ana", Role.Operator, "this page");

    [Fact]
    public async Task Group_ModeChosen_IsPressedAndTheLightIsLit()
    {
        await using var panel = new PanelContext();
        var lamp = new FakeLine();
        var group = Render(panel, new LightHardware(null, lamp), Ana);
        const string On = "[aria-label='Infrared lamp'] button:nth-of-type(2)";
        var on = group.Find(On);
        Assert.Equal(("On", "false"), (on.TextContent, on.GetAttribute("aria-pressed")));

        await group.ClickAsync(On);

        group.WaitForAssertion(() => Assert.Equal("true", group.Find("button:nth-of-type(2)").GetAttribute("aria-pressed")));
        Assert.True(lamp.IsOn);
        Assert.Contains("(lit)", group.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Camera LED", group.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Group_PinFails_SaysWhatToDo()
    {
        await using var panel = new PanelContext();
        var group = Render(panel, new LightHardware(new FakeLine { Failure = LineFault.NoLibrary }, null), Ana);

        await group.ClickAsync("button:nth-of-type(2)");

        group.WaitForAssertion(() => Assert.Contains("libgpiod", group.Find("[role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Group_ForAViewer_ShowsAndDoesNotSwitch()
    {
        await using var panel = new PanelContext();
        var group = Render(panel, new LightHardware(new FakeLine(), null), new Caller("2", "vera", Role.Viewer, "this page"));

        Assert.All(group.FindAll("button"), button => Assert.True(button.HasAttribute("disabled")));
    }

    [Fact]
    public async Task Group_NoLights_IsNotThere()
    {
        await using var panel = new PanelContext();

        Assert.Empty(Render(panel, null, Ana).Markup.Trim());
    }

    private static IRenderedComponent<LightsGroup> Render(PanelContext panel, LightHardware? hardware, Caller caller)
    {
        panel.Services.AddSingleton(
            new LightSwitches(panel.Session, panel.Privacy, panel.Store, Options.Create(new LightOptions()), panel.Time, hardware));
        return panel.Render<LightsGroup>(p => p.Add(c => c.Caller, caller));
    }
}
