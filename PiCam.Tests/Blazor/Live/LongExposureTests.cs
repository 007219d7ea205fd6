using Bunit;
using PiCam.Blazor.Live;
using PiCam.Core.Frames;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Live;

public sealed class LongExposureTests : IAsyncDisposable
{
    private readonly PanelContext context = new();

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public async Task Render_SixSeconds_SaysHowOftenAPictureComesUntilExposuresAreShortAgain()
    {
        await context.GoLiveAsync();
        var notice = context.Render<LongExposure>(p => p.Add(c => c.Caller, Callers.Viewer));
        Assert.Empty(notice.Markup.Trim());

        await SendAsync(TimeSpan.FromSeconds(6));
        notice.WaitForAssertion(() => Assert.Equal("6 s: one picture every 6 s", notice.Find("[role=status]").TextContent.Trim()), TimeSpan.FromSeconds(30));
        Assert.Contains("6.00s", notice.Find(".done").GetAttribute("style"), StringComparison.Ordinal);

        await SendAsync(TimeSpan.FromMilliseconds(33));
        notice.WaitForAssertion(() => Assert.Empty(notice.Markup.Trim()), TimeSpan.FromSeconds(30));
    }

    private Task SendAsync(TimeSpan exposure) => Eventually.TrueAsync(
        () =>
        {
            context.Time.Advance(TimeSpan.FromMilliseconds(300));
            context.Camera.Send(metadata: new FrameMetadata { ExposureTime = exposure, FrameDuration = exposure });
            return context.Session.State.Actual?.FrameDuration == exposure;
        },
        "the frame is published",
        Xunit.TestContext.Current.CancellationToken);
}
