using System.Globalization;
using PiCam.Blazor.Live.Transports;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>A page behind a link that is too slow for whole pictures, and quick again later.</summary>
[Collection(BrowserLane.One)]
public sealed class SizeTests(LivePanelFixture fixture) : IAsyncDisposable
{
    // Of the fixture's camera.
    private const int Whole = 640;

    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Theory]
    [InlineData(TransportKind.Base64)]
    [InlineData(TransportKind.Binary)]
    public async Task SlowLink_PicturesBecomeSmaller_AndWholeAgainLater(TransportKind kind)
    {
        await using var proxy = new TcpProxy(fixture.Panel.Endpoint);
        var live = await fixture.SignedInAsync(proxy: proxy);
        await live.UseTransportAsync(kind);
        await LivePage.UntilAsync(async () => await WidthAsync(live) == Whole, "the first, small pictures are followed by whole ones");

        proxy.DownstreamRate = 100_000;
        await LivePage.UntilAsync(async () => await WidthAsync(live) <= Whole / 2, "the pictures become smaller");
        await LivePage.UntilAsync(
            async () => (await live.Page.Locator(".chip .size").TextContentAsync())!.StartsWith(
                (await WidthAsync(live)).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal),
            "the status line says so");
        await LivePage.UntilAsync(
            async () => (await live.Page.Locator("#transport-hint").TextContentAsync())!.Contains(
                "Now " + (await WidthAsync(live)).ToString(CultureInfo.InvariantCulture) + "×", StringComparison.Ordinal),
            "and the settings, which a phone has room for");
        await live.NewFramesAsync(await live.SequenceAsync());

        proxy.DownstreamRate = null;
        await LivePage.UntilAsync(async () => await WidthAsync(live) == Whole, "the pictures are whole again");
    }

    private static Task<int> WidthAsync(LivePage live) => live.Page.EvaluateAsync<int>(
        "() => { const shown = document.querySelector('.live-image.shown'); return shown.naturalWidth ?? shown.width; }");
}
