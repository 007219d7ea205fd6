using Microsoft.Playwright;
using PiCam.Core.Gimbals;
using PiCam.Core.Optics;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>
/// A click on a star of the simulated sky, wherever it is in the picture, brings it to the middle: seen in the browser's pixels.
/// The projection says only which star to look for; where it really is, before and after, the pixels say.
/// </summary>
[Collection(BrowserLane.One)]
public sealed class ClickToAimTests(LivePanelFixture fixture) : IAsyncDisposable
{
    // The simulated OV5647 at 16:9; the same lens as in its capabilities.
    private static readonly RectilinearView Lens = new(53.5, 31.69);

    private static readonly int[] Tilts = [0, 30, 45];

    private static readonly int[] TopLeftQuarter = [16, 240, 1280, 720];

    public static TheoryData<int, bool, bool> Poses => LongRun.Asked
        ? [.. from tilt in Tilts from zoomed in Either from flipped in Either select (tilt, zoomed, flipped)]
        : [(0, false, false), (30, true, false), (45, false, true), (45, true, true)];

    private static bool[] Either => [false, true];

    public async ValueTask DisposeAsync() => await fixture.ClosePagesAsync();

    [Theory]
    [MemberData(nameof(Poses))]
    public async Task Click_OnAStarOffCentre_BringsItWithinThreePercentOfTheCentre(int tilt, bool zoomed, bool flipped)
    {
        var live = await fixture.SignedInAsync();
        try
        {
            // A third of the field, off its centre; the sky is dark enough to see stars by a fixed exposure.
            var crop = zoomed ? new ZoomView(0.45, 0.2, 1.0 / 3) : ZoomView.Whole;
            await PatchAsync(live, new
            {
                exposureTime = 8000,
                analogueGain = 1.0,
                horizontalFlip = flipped,
                scalerCrop = zoomed
                    ? new[] { (int)(2592 * crop.X), 243 + (int)(1458 * crop.Y), 864, 486 }
                    : null,
            });
            var start = new PanTilt(44, tilt + 4);
            await MoveAsync(live, start);
            var (star, guess) = FindStar(start, crop, flipped);

            var before = await live.SpotAsync(guess, 0.06);
            Assert.NotNull(before);
            await live.ClickPictureAsync(before.Value);
            await LivePage.UntilAsync(async () => (await live.Gimbal.PositionAsync()).Tilt != start.Tilt, "the gimbal moves");
            await live.Gimbal.RestAsync();

            // Pictures from before the end of the move may be on their way still; then it stays there.
            await LivePage.UntilAsync(() => IsCentredAsync(live, zoomed), $"the star at {star} is within 3 % of the centre");
            for (var i = 0; i < 5; i++)
            {
                await live.NewFramesAsync(await live.SequenceAsync());
                Assert.True(await IsCentredAsync(live, zoomed));
            }
        }
        finally
        {
            await PatchAsync(live, new
            {
                exposureTime = (int?)null,
                analogueGain = (double?)null,
                horizontalFlip = false,
                scalerCrop = (int[]?)null,
            });
            await MoveAsync(live, default);
        }
    }

    [Fact]
    public async Task Click_OnTheBlackBarBesideThePicture_TurnsNothing()
    {
        var live = await fixture.SignedInAsync(1600, 700);
        var box = (await live.Page.Locator(".surface").BoundingBoxAsync())!;
        var (x, y) = (box.X + 12, box.Y + (box.Height / 2));

        await live.Page.Mouse.ClickAsync(x, y);
        await live.Page.Mouse.MoveAsync(x, y);
        await live.Page.Mouse.DownAsync();
        await live.Page.Mouse.MoveAsync(x + 40, y, new() { Steps = 4 });
        await live.Page.Mouse.UpAsync();

        // A click waits for a second one; longer than that, and then what was clicked before is on its way before this.
        await live.Page.EvaluateAsync("() => new Promise(done => setTimeout(done, 600))");
        await live.ClickPictureAsync(new PicturePoint(0.5, 0.2));
        await LivePage.UntilAsync(async () => (await live.Gimbal.PositionAsync()).Tilt > 5, "a click in the picture turns");
        await live.Gimbal.RestAsync();
        Assert.Equal(0, (await live.Gimbal.PositionAsync()).Pan, 1);
        await MoveAsync(live, default);
    }

    [Fact]
    public async Task Clicks_QuickOnesAtTwoPlaces_AreNoDoubleClick()
    {
        var live = await fixture.SignedInAsync();
        await live.Page.EvaluateAsync(
            "() => { window.ups = []; document.querySelector('.surface').addEventListener('pointerup', e => window.ups.push(e.timeStamp)); }");

        // A busy machine may take longer between the two than a person would: then they were not quick, and it is tried again.
        for (var quick = false; !quick;)
        {
            await MoveAsync(live, default);
            await live.ClickPictureAsync(new PicturePoint(0.3, 0.5));
            await live.ClickPictureAsync(new PicturePoint(0.7, 0.5));
            quick = await live.Page.EvaluateAsync<bool>("() => window.ups.at(-1) - window.ups.at(-2) < 250");
            if (!quick)
            {
                await LivePage.UntilAsync(async () => (await live.Gimbal.PositionAsync()).Pan != 0, "the first click turns");
                await live.Gimbal.RestAsync();
            }
        }

        await LivePage.UntilAsync(async () => (await live.Gimbal.PositionAsync()).Pan > 8, "the gimbal turns to the second");
        await MoveAsync(live, default);
    }

    [Fact]
    public async Task DoubleClick_OnAZoomedPicture_ShowsTheWholeAndTurnsNothing()
    {
        var live = await fixture.SignedInAsync();
        await PatchAsync(live, new { scalerCrop = TopLeftQuarter });
        await live.Page.Locator(".zoomed").WaitForAsync();
        var box = (await live.Page.Locator(".surface").BoundingBoxAsync())!;

        await live.Page.Mouse.DblClickAsync(box.X + (box.Width * 0.7f), box.Y + (box.Height / 2));

        await live.Page.Locator(".zoomed").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await live.Page.EvaluateAsync("() => new Promise(done => setTimeout(done, 600))");
        Assert.False(await live.Gimbal.MovesAsync());
        Assert.Equal(default, await live.Gimbal.PositionAsync());
    }

    [Fact]
    public async Task Drag_OfThePicture_TakesTheSceneAlong()
    {
        var live = await fixture.SignedInAsync();
        await MoveAsync(live, new PanTilt(0, 0));
        var box = (await live.Page.Locator(".surface").BoundingBoxAsync())!;

        await live.Page.Mouse.MoveAsync(box.X + (box.Width * 0.6f), box.Y + (box.Height / 2));
        await live.Page.Mouse.DownAsync();
        await live.Page.Mouse.MoveAsync(box.X + (box.Width * 0.4f), box.Y + (box.Height / 2), new() { Steps = 8 });
        await live.Page.Mouse.UpAsync();

        await LivePage.UntilAsync(async () => (await live.Gimbal.PositionAsync()).Pan > 10, "the gimbal follows");
        await live.Gimbal.RestAsync();
        Assert.InRange((await live.Gimbal.PositionAsync()).Pan, 10, 14);
        await MoveAsync(live, default);
    }

    /// <summary>Whether the brightest spot far around the middle, up to half way to the next star, is within 3 % of it.</summary>
    private static async Task<bool> IsCentredAsync(LivePage live, bool zoomed) =>
        await live.SpotAsync(new PicturePoint(0.5, 0.5), zoomed ? 0.25 : 0.09) is { } after
        && Math.Abs(after.U - 0.5) < 0.03 && Math.Abs(after.V - 0.5) < 0.03;

    private static (PanTilt Star, PicturePoint Guess) FindStar(PanTilt aim, ZoomView crop, bool flipped)
    {
        foreach (var pan in new[] { 60, 50, 40, 30 })
        {
            foreach (var tilt in new[] { 20, 30, 40, 50, 10 })
            {
                var star = new PanTilt(pan, tilt);
                if (Lens.Project(star, aim) is { } full)
                {
                    var shown = new PicturePoint((full.U - crop.X) / crop.Scale, (full.V - crop.Y) / crop.Scale);
                    shown = flipped ? shown with { U = 1 - shown.U } : shown;
                    var off = Math.Max(Math.Abs(shown.U - 0.5), Math.Abs(shown.V - 0.5));
                    if (off is > 0.12 and < 0.4)
                    {
                        return (star, shown);
                    }
                }
            }
        }

        throw new InvalidOperationException($"No star is off centre at {aim}.");
    }

    private static Task PatchAsync(LivePage live, object controls) => LivePage.SendAsync(live.Page, "PATCH", "/api/camera/controls", controls);

    private static async Task MoveAsync(LivePage live, PanTilt angles)
    {
        await live.Gimbal.MoveAsync(angles);
        await live.NewFramesAsync(await live.SequenceAsync());
    }
}
