using PiCam.Blazor.Live.Transports;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>A page that chooses by itself how the pictures reach it.</summary>
[Collection(BrowserLane.Two)]
public sealed class AutoTests(LivePanelFixture fixture) : IAsyncDisposable
{
    private const string Slow = "the connection is slow";

    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Fact]
    public async Task Auto_LinkBecomesSlowAndQuickAgain_ShowsTheFilmAndThenWholePictures()
    {
        await using var proxy = new TcpProxy(fixture.Panel.Endpoint) { SharesRates = true };
        var live = await fixture.SignedInAsync(proxy: proxy);
        await live.UseAutoAsync();
        await live.MovesAsync();

        proxy.DownstreamRate = 25_000;
        await live.ShownByAsync(TransportKind.H264);
        await live.MovesAsync();
        await LivePage.UntilAsync(
            async () => (await live.Page.Locator(".chip .transport").InnerTextAsync()).EndsWith("H.264", StringComparison.Ordinal), "the status line names it");
        Assert.Contains(Slow, await live.Page.Locator("#transport-hint").TextContentAsync(), StringComparison.Ordinal);

        proxy.DownstreamRate = null;

        // When the best film has come quickly for ten seconds on end: beside other tests that may take minutes.
        await Eventually.TrueAsync(
            async () => await live.CarrierAsync() is "Binary" or "Base64", "pictures are shown again", TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
        await live.MovesAsync();
    }

    [Fact]
    public async Task Film_WhereTheBrowserHasNoWebCodecs_IsAVideoThatMovesAndStaysClose()
    {
        var live = await fixture.SignedInAsync();
        await live.Page.AddInitScriptAsync("delete window.VideoDecoder;");
        await live.Page.ReloadAsync();
        await live.PictureAsync();
        await live.UseTransportAsync(TransportKind.H264);
        Assert.Equal("VIDEO", await live.Page.EvaluateAsync<string>("() => document.querySelector('.live-image.shown').tagName"));
        await live.MovesAsync();
        await LivePage.UntilAsync(
            () => live.Page.EvaluateAsync<bool>("() => { const video = document.querySelector('.live-image.shown'); return video.buffered.length > 0 && video.buffered.end(video.buffered.length - 1) - video.currentTime < 1; }"),
            "what is shown is close to what has come");
    }

    [Fact]
    public async Task Film_PlayedTooSlowly_IsSkippedAndNotLate()
    {
        var live = await fixture.SignedInAsync();
        await live.Page.AddInitScriptAsync(
            """
            delete window.VideoDecoder;
            const { set } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'playbackRate');
            Object.defineProperty(HTMLMediaElement.prototype, 'playbackRate', { set() { set.call(this, 0.5); } });
            """);
        await live.Page.ReloadAsync();
        await live.PictureAsync();
        await live.UseTransportAsync(TransportKind.H264);
        await live.MovesAsync();

        // Each time that it is too late, what is late is given up by a jump; were the server not held back, that would be every two seconds.
        await live.Page.EvaluateAsync(
            "() => { const video = document.querySelector('.live-image.shown'); window.jumps = 0; window.begun = video.currentTime; video.addEventListener('seeking', () => window.jumps++); }");
        await live.Page.WaitForFunctionAsync("() => document.querySelector('.live-image.shown').currentTime > window.begun + 4", null, new() { Timeout = 60_000 });
        Assert.InRange(await live.Page.EvaluateAsync<int>("() => window.jumps"), 0, 1);
    }
}
