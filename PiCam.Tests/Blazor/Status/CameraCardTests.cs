using Bunit;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Status;
using PiCam.Core.Cameras;
using PiCam.Core.Viewing;
using PiCam.Tests.Blazor.Live;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Status;

public sealed class CameraCardTests : IAsyncDisposable
{
    private readonly PanelContext context = new();

    public CameraCardTests() => context.Services.AddSingleton<Viewers>();

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public async Task Render_CameraThatRestarts_SaysWhatWasPassedOverAndWhatTheLatestChangeCost()
    {
        context.Camera.Capabilities = FakeCamera.EveryControl with { RestartsForChanges = true };
        context.Camera.PassedOver = [CameraLoss.HelperMissing("there is no program picam-camera"), CameraLoss.RpicamMissing];
        context.Camera.RestartGap = TimeSpan.FromSeconds(0.84);
        await context.GoLiveAsync();

        var card = context.Render<CameraCard>(p => p.Add(c => c.Caller, Callers.Viewer));

        Assert.Contains("Passed over", card.FindAll("dt").Select(d => d.TextContent));
        Assert.Contains("The camera helper is not there: there is no program picam-camera. Run build-camera once.", card.Markup, StringComparison.Ordinal);
        Assert.Contains("rpicam-vid is not installed", card.Markup, StringComparison.Ordinal);
        Assert.Contains("restart: 0.8 s gap", card.Markup, StringComparison.Ordinal);
        Assert.Contains("Run build-camera once for live control.", card.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "2592×1944", "The live picture stands still for a moment while a photo is taken.")]
    [InlineData(false, "2592×1944")]
    public async Task Render_LargestPhoto_IsSaidAndWhatItCosts(bool pauses, params string[] said)
    {
        context.Camera.Capabilities = FakeCamera.EveryControl with { StillPausesStream = pauses };
        await context.GoLiveAsync();

        var card = context.Render<CameraCard>(p => p.Add(c => c.Caller, Callers.Viewer));

        var title = card.FindAll("dt").Single(d => d.TextContent == "Largest photo");
        Assert.Equal(said, title.NextElementSibling!.Children.Select(c => c.TextContent));
    }

    [Fact]
    public async Task Render_CameraWithLiveControls_SaysNothingOfRestarts()
    {
        await context.GoLiveAsync();

        var card = context.Render<CameraCard>(p => p.Add(c => c.Caller, Callers.Viewer));

        Assert.Equal(["Model", "State", "Picture size", "Largest photo", "Frame rate", "Dropped frames", "Watching now"], card.FindAll("dt").Select(d => d.TextContent));
    }
}
