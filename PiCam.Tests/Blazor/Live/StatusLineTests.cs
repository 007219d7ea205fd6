using Bunit;
using PiCam.Blazor.Live;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Live;

public sealed class StatusLineTests : IAsyncDisposable
{
    private readonly PanelContext context = new();

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public async Task Patience_HasTheLengthOfThreePicturesThatAreAsked_AndNoneIsNeededWithoutALiveCamera()
    {
        var line = Render();
        await PatienceAsync(line, null);

        await context.GoLiveAsync();
        await PatienceAsync(line, "2");
        await context.Session.UpdateAsync(Callers.Operator, asked => asked with { ExposureTime = TimeSpan.FromSeconds(0.4) });
        await PatienceAsync(line, "3");
        await context.Session.UpdateAsync(Callers.Operator, asked => asked with { FrameRate = 0.5 });
        await PatienceAsync(line, "8");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Patience_WhileAStillIsTaken_IsNotNeededIfThatPausesTheStream(bool pauses)
    {
        context.Camera.Capabilities = context.Camera.Capabilities with { StillPausesStream = pauses };
        var taken = new TaskCompletionSource<Frame>();
        context.Camera.TakesStill = (_, _) => taken.Task;
        var line = Render();
        await context.GoLiveAsync();

        var taking = context.Session.CaptureAsync(Callers.Operator, new StillRequest(), Xunit.TestContext.Current.CancellationToken);
        await PatienceAsync(line, pauses ? null : "2");

        taken.SetResult(context.Camera.Still(new StillRequest()));
        await taking;
        await PatienceAsync(line, "2");
    }

    private IRenderedComponent<StatusLine> Render() => context.Render<StatusLine>(p => p
        .Add(c => c.Caller, new Caller("g", "gast", Role.Guest, "test"))
        .Add(c => c.Statistics, new ViewerStatistics(context.Time)));

    private static Task PatienceAsync(IRenderedComponent<StatusLine> line, string? seconds) => line.WaitForAssertionAsync(
        () => Assert.Equal(seconds, line.Find(".state").GetAttribute("data-patience")), TimeSpan.FromSeconds(30));
}
