using Bunit;
using PiCam.Blazor.Live;
using PiCam.Core.Cameras;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Live;

public sealed class ColourGroupTests : IAsyncDisposable
{
    private readonly PanelContext context = new();

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public async Task WhiteBalance_Manual_FreezesTheGainsInUse()
    {
        await context.GoLiveAsync();
        var page = context.Render<ColourGroup>(p => p.Add(c => c.Caller, Callers.Operator));

        await page.ChangeAsync("[aria-label='White balance']", "Manual");
        Assert.Equal(new ColourGains(1.5, 1.6), context.Session.State.Asked.ColourGains);

        await page.ChangeAsync("[aria-label='White balance']", "Daylight");
        Assert.Equal(new CameraControls { AwbMode = AwbMode.Daylight }, context.Session.State.Asked);
    }

    [Fact]
    public async Task RedGain_Moved_KeepsBlueAndTurnsAutomaticOff()
    {
        await context.GoLiveAsync();
        var page = context.Render<ColourGroup>(p => p.Add(c => c.Caller, Callers.Operator));

        await page.ChangeAsync("[aria-label='Amount of red']", "2.2");

        Assert.Equal(new ColourGains(2.2, 1.6), context.Session.State.Asked.ColourGains);
    }

    [Fact]
    public async Task WhiteBalance_Offers_WhatThisCameraHas()
    {
        await context.GoLiveAsync();
        var page = context.Render<ColourGroup>(p => p.Add(c => c.Caller, Callers.Operator));

        Assert.Equal(
            ["Auto", "Tungsten", "Daylight", "Cloudy", "Manual"],
            page.FindAll("[aria-label='White balance'] option").Select(o => o.TextContent));
    }
}
