using Bunit;
using PiCam.Blazor.Live;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Live;

public sealed class CameraNoticeTests : IAsyncDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(30);

    private readonly PanelContext context = new();

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public async Task Render_CameraLost_SaysWhyAndWhenPiCamTriesAgainAndGoesWhenItIsBack()
    {
        await context.GoLiveAsync();
        var notice = context.Render<CameraNotice>(p => p.Add(c => c.Caller, Callers.Viewer));
        Assert.Empty(notice.Markup.Trim());

        context.Camera.Lose("The cable came off.");
        notice.WaitForAssertion(
            () =>
            {
                Assert.Contains("Camera lost, retrying", notice.Markup, StringComparison.Ordinal);
                Assert.Contains("The cable came off.", notice.Markup, StringComparison.Ordinal);
                Assert.Contains("tries again in 1 s", notice.Markup, StringComparison.Ordinal);
            },
            Generous);

        await Eventually.TrueAsync(
            () =>
            {
                context.Time.Advance(TimeSpan.FromMilliseconds(100));
                context.Camera.Send();
                return notice.Markup.Trim().Length == 0;
            },
            "the notice goes",
            Xunit.TestContext.Current.CancellationToken);
    }
}
