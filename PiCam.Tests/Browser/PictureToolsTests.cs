using System.Text.RegularExpressions;
using PiCam.Core.Cameras;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>The buttons on the picture. What this browser cannot do at all is played by the page, and said so.</summary>
[Collection(BrowserLane.Two)]
public sealed partial class PictureToolsTests(LivePanelFixture fixture) : IAsyncDisposable
{
    private const string Immersive = "() => 'immersive' in document.documentElement.dataset";

    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Fact]
    public async Task Save_Pressed_DownloadsAPictureNamedByItsTime()
    {
        var live = await fixture.SignedInAsync();

        var download = await live.Page.RunAndWaitForDownloadAsync(() => live.Page.GetByLabel("Save a picture").ClickAsync());

        Assert.Matches(FileName(), download.SuggestedFilename);
        var jpeg = await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal([0xFF, 0xD8, 0xFF], jpeg.Take(3));
        Assert.Equal([0xFF, 0xD9], jpeg.TakeLast(2));
    }

    [Fact]
    public async Task Save_TurnedByThePage_IsSavedAsItIsSeen()
    {
        var live = await fixture.SignedInAsync();
        var rotation = live.Page.GetByLabel("Rotation", new() { Exact = true });
        await rotation.EvaluateAsync("select => { select.closest('details').open = true; }");
        try
        {
            await rotation.SelectOptionAsync(nameof(Rotation.Rotate90));
            await live.Page.Locator(".surface.turned").WaitForAsync();

            var download = await live.Page.RunAndWaitForDownloadAsync(() => live.Page.GetByLabel("Save a picture").ClickAsync());

            using var codec = SKCodec.Create(await download.PathAsync());
            Assert.Equal(new SKSizeI(360, 640), codec.Info.Size);
        }
        finally
        {
            await rotation.SelectOptionAsync(nameof(Rotation.Rotate0));
            await live.Page.Locator(".surface:not(.turned)").WaitForAsync();
        }
    }

    [Fact]
    public async Task Save_NoPictureToBeHad_SaysSo()
    {
        var live = await fixture.SignedInAsync();
        await live.Page.RouteAsync("**/snapshot.jpg", route => route.FulfillAsync(new() { Status = 503 }));

        await live.Page.GetByLabel("Save a picture").ClickAsync();

        await live.Page.GetByText("No picture could be saved").WaitForAsync();
    }

    [Fact]
    public async Task FullScreen_OnAndOff_LeavesThePictureAndTheStickOnly()
    {
        var live = await fixture.SignedInAsync();
        await live.Page.GetByLabel("Full screen").ClickAsync();
        await live.Page.GetByLabel("Leave full screen").WaitForAsync();
        Assert.True(await live.Page.EvaluateAsync<bool>("() => document.fullscreenElement === document.documentElement"));
        Assert.False(await live.Page.Locator(".panel").IsVisibleAsync());
        Assert.False(await live.Page.Locator("header.bar").IsVisibleAsync());
        Assert.True(await live.Page.GetByLabel("Joystick").IsVisibleAsync());
        Assert.True(await live.Page.GetByLabel("Switch the camera off for everybody").IsVisibleAsync());
        await live.NewFramesAsync(await live.SequenceAsync());

        await live.Page.GetByLabel("Leave full screen").ClickAsync();
        await live.Page.Locator(".panel").WaitForAsync();
        Assert.False(await live.Page.EvaluateAsync<bool>(Immersive));
    }

    [Fact]
    public async Task FullScreen_BrowserWithoutIt_FillsThePageUntilEscape()
    {
        var live = await SignedInAsync("delete Element.prototype.requestFullscreen;");
        await live.Page.GetByLabel("Full screen").ClickAsync();
        await live.Page.GetByLabel("Leave full screen").WaitForAsync();
        var box = await live.Page.Locator(".stage").BoundingBoxAsync();
        Assert.Equal((1280f, 800f), (box!.Width, box.Height));

        await live.Page.Keyboard.PressAsync("Escape");
        await live.Page.GetByLabel("Full screen", new() { Exact = true }).WaitForAsync();
        Assert.False(await live.Page.EvaluateAsync<bool>(Immersive));
    }

    [Fact]
    public async Task FullScreen_Refused_SaysSo()
    {
        var live = await SignedInAsync(
            """
            Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('no'));
            window.told = ''; // a message goes again before a busy machine has looked
            new MutationObserver(() => { window.told += document.querySelector('.mud-snackbar')?.textContent ?? ''; })
              .observe(document, { childList: true, subtree: true });
            """);
        await live.Page.GetByLabel("Full screen").ClickAsync();
        await live.Page.WaitForFunctionAsync("() => window.told.includes('The browser did not allow full screen.')", null, new() { Timeout = 60_000 });
    }

    [Fact]
    public async Task Share_PhoneThatCan_GetsTheFile()
    {
        var live = await SignedInAsync(
            """
            navigator.canShare = ({ files }) => files.length === 1;
            navigator.share = async ({ files }) => { window.shared = `${files[0].name} ${files[0].type} ${files[0].size > 1000}`; };
            """);
        await live.Page.GetByLabel("Share a picture").ClickAsync();
        await live.Page.WaitForFunctionAsync("() => window.shared");
        Assert.Matches(@"^picam-\d{8}-\d{6}\.jpg image/jpeg true$", await live.Page.EvaluateAsync<string>("() => window.shared"));
    }

    [Theory]
    [InlineData("delete Navigator.prototype.canShare;", "Share a picture")]
    [InlineData("delete HTMLVideoElement.prototype.requestPictureInPicture;", "Picture in picture")]
    public async Task Tool_BrowserWithoutIt_IsNotThere(string without, string name)
    {
        var live = await SignedInAsync(without);
        await live.Page.GetByLabel("Save a picture").WaitForAsync();
        Assert.Equal(0, await live.Page.GetByLabel(name).CountAsync());
    }

    [Fact]
    public async Task Float_OnAHiddenTab_GoesOnAndItsPictureMoves()
    {
        // Headless Chromium has no window to float: the page plays the browser's part, and the video is looked at.
        var live = await SignedInAsync(
            """
            HTMLVideoElement.prototype.requestPictureInPicture = async function () { window.floating = this; };
            """);
        await live.Page.GetByLabel("Picture in picture", new() { Exact = true }).ClickAsync();
        await live.Page.GetByLabel("Leave picture in picture").WaitForAsync();
        await live.Page.EvaluateAsync(
            """
            () => {
              Object.defineProperty(document, 'hidden', { value: true, configurable: true });
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """);

        await live.NewFramesAsync(await live.SequenceAsync() + 10);
        Assert.True(await live.Page.EvaluateAsync<bool>(
            "() => window.floating.videoWidth === document.querySelector('.live-image').naturalWidth"));
        var frames = await FloatedAsync(live);
        await LivePage.UntilAsync(async () => await FloatedAsync(live) > frames + 3, "the floating picture moves");

        // Closed, and the tab is still hidden: now nobody watches.
        await live.Page.EvaluateAsync("() => window.floating.dispatchEvent(new Event('leavepictureinpicture'))");
        await live.Page.GetByLabel("Picture in picture", new() { Exact = true }).WaitForAsync();
        var (before, after) = (0L, -1L);
        await LivePage.UntilAsync(
            async () =>
            {
                before = await live.SequenceAsync();
                await Task.Delay(1000, TestContext.Current.CancellationToken);
                after = await live.SequenceAsync();
                return before == after;
            },
            "frames stop");
    }

    [Fact]
    public async Task WakeLock_PageVisible_IsHeldAndTakenAgainAfterTheTabWasHidden()
    {
        var live = await SignedInAsync(
            """
            window.locks = [];
            Object.defineProperty(navigator, 'wakeLock', { value: { request: async () => {
              const lock = { released: false, release: async () => { lock.released = true; } };
              window.locks.push(lock);
              return lock;
            } } });
            """);
        await live.Page.WaitForFunctionAsync("() => window.locks.length === 1");

        // Browsers release it by themselves when the tab is hidden.
        await live.Page.EvaluateAsync(
            "() => { window.locks[0].released = true; document.dispatchEvent(new Event('visibilitychange')); }");

        await live.Page.WaitForFunctionAsync("() => window.locks.length === 2 && !window.locks[1].released");
    }

    private static async Task<double> FloatedAsync(LivePage live) => await live.Page.EvaluateAsync<double>(
        "() => window.floating.getVideoPlaybackQuality().totalVideoFrames");

    /// <summary>The live page, signed in, in a browser that was changed before any script ran.</summary>
    private async Task<LivePage> SignedInAsync(string script)
    {
        var page = await fixture.NewPageAsync(1280, 800);
        await page.AddInitScriptAsync(script);
        await page.GotoAsync(fixture.Panel.Address);
        var live = new LivePage(page);
        await live.SignInAsync(LivePanelFixture.Name, LivePanelFixture.Password);
        return live;
    }

    [GeneratedRegex(@"^picam-20\d{6}-\d{6}\.jpg$")]
    private static partial Regex FileName();
}
