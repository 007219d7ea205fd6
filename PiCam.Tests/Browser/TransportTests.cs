using Microsoft.Playwright;
using PiCam.Blazor.Live.Transports;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>Each way for the picture to travel, on good links and bad ones.</summary>
[Collection(BrowserLane.Two)]
public sealed class TransportTests(LivePanelFixture fixture) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<TransportKind> Kinds => [.. Enum.GetValues<TransportKind>().Where(kind => kind != TransportKind.Auto)];

    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Cut_ForAMomentForAWhileAndStalled_ThePictureMovesAgainOnTheSamePage(TransportKind kind)
    {
        await using var proxy = new TcpProxy(fixture.Panel.Endpoint);
        var live = await fixture.SignedInAsync(proxy: proxy);
        await live.UseTransportAsync(kind);
        await live.MovesAsync();
        await live.Page.EvaluateAsync("() => { window.samePage = true; }");

        proxy.Cut();
        await MovesAgainAsync(live, kind);

        proxy.Cut(refuse: true);
        await live.Page.Locator("#reconnecting").WaitForAsync(new() { Timeout = 60_000 });
        await live.Page.Locator(".chip.state").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        proxy.Restore();
        await MovesAgainAsync(live, kind);

        proxy.Stall();
        await Task.Delay(1000, Token);
        proxy.Resume();
        await MovesAgainAsync(live, kind);
        Assert.True(await live.Page.EvaluateAsync<bool>("() => window.samePage === true"), "the page was loaded anew");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task HiddenTab_IsNoViewerAndKeepsItsLastPicture(TransportKind kind)
    {
        var live = await fixture.SignedInAsync();
        await live.UseTransportAsync(kind);
        await live.MovesAsync();

        // A socket of the test before that was cut is given up after some seconds.
        await LivePage.UntilAsync(async () => await ViewersAsync(live) == 1, "one watches");

        await live.SetHiddenAsync(true);
        await LivePage.UntilAsync(async () => await ViewersAsync(live) == 0, "nobody watches");
        Assert.True(await live.BrightnessAsync() > 10, "The last picture has gone.");

        await live.SetHiddenAsync(false);
        await MovesAgainAsync(live, kind);
    }

    [Fact]
    public async Task Switching_BetweenAll_NeverShowsAnEmptyStage()
    {
        var live = await fixture.SignedInAsync();
        await live.Page.EvaluateAsync(
            """
            () => {
              window.empty = 0;
              const spot = new OffscreenCanvas(16, 9).getContext('2d', { willReadFrequently: true });
              const look = () => {
                const shown = document.querySelector('.live-image.shown');
                spot.clearRect(0, 0, 16, 9);
                if (shown && (shown.naturalWidth ?? shown.width) > 0) spot.drawImage(shown, 0, 0, 16, 9);
                const data = spot.getImageData(0, 0, 16, 9).data;
                if (!data.some((value, i) => i % 4 !== 3 && value > 10)) window.empty++;
                requestAnimationFrame(look);
              };
              look();
            }
            """);
        TransportKind[] tour =
        [
            TransportKind.Binary, TransportKind.Mjpeg, TransportKind.Base64, TransportKind.Mjpeg, TransportKind.Binary, TransportKind.Base64,
            TransportKind.H264, TransportKind.Binary, TransportKind.H264, TransportKind.Mjpeg, TransportKind.H264, TransportKind.Base64,
        ];
        foreach (var kind in tour)
        {
            await live.UseTransportAsync(kind);
            await live.MovesAsync();
        }

        Assert.Equal(0, await live.Page.EvaluateAsync<int>("() => window.empty"));
    }

    [Fact]
    public async Task Choice_OfAViewer_IsRememberedByTheBrowser()
    {
        await fixture.Panel.AddPersonAsync("viola", "a password of vera k7", Role.Viewer);
        var page = await fixture.NewPageAsync(1280, 800);
        await page.GotoAsync(fixture.Panel.Address);
        var live = new LivePage(page);
        await live.SignInAsync("viola", "a password of vera k7");
        await live.UseTransportAsync(TransportKind.Binary);

        await page.ReloadAsync();
        await live.ShownByAsync(TransportKind.Binary);
        await live.MovesAsync();
        Assert.Equal("Binary", await page.GetByLabel("Sent as").InputValueAsync());
    }

    private static async Task MovesAgainAsync(LivePage live, TransportKind kind)
    {
        await live.ShownByAsync(kind);
        await live.MovesAsync();
    }

    private static async Task<int> ViewersAsync(LivePage live) =>
        await live.Page.EvaluateAsync<int>("async () => (await (await fetch('/api/status')).json()).viewers");
}
