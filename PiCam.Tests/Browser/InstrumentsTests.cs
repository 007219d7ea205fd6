using System.Collections.Concurrent;
using Microsoft.Playwright;
using PiCam.Blazor.Live.Transports;
using PiCam.Core.Cameras;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>The instruments on the live picture: their keys, what they find in known pixels, and that they lie where the picture does.</summary>
[Collection(BrowserLane.One)]
public sealed class InstrumentsTests(LivePanelFixture fixture) : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> errors = [];

    public async ValueTask DisposeAsync()
    {
        await fixture.ClosePagesAsync();
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("h", "Histogram", ".histogram")]
    [InlineData("z", "Zebra", ".overlay")]
    [InlineData("f", "Focus", ".overlay")]
    [InlineData("g", "Grid", ".overlay")]
    [InlineData("e", "Loupe", ".loupe")]
    public async Task Key_Pressed_SwitchesItsInstrumentOnAndOffAgain(string key, string name, string shown)
    {
        var live = await SignedInAsync();
        var instrument = live.Page.Locator(shown);
        Assert.False(await instrument.IsVisibleAsync());

        await live.Page.Keyboard.PressAsync(key);
        await instrument.WaitForAsync();
        await PressedAsync(live, name, true);

        await live.Page.Keyboard.PressAsync("m");
        await instrument.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await PressedAsync(live, name, true);
        await live.Page.Keyboard.PressAsync("m");
        await instrument.WaitForAsync();

        await live.Page.ReloadAsync();
        await instrument.WaitForAsync();
        await PressedAsync(live, name, true);

        await live.Page.Keyboard.PressAsync(key);
        if (key == "g")
        {
            await live.Page.Keyboard.PressAsync(key);
        }

        await instrument.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await PressedAsync(live, name, false);
    }

    [Fact]
    public async Task Menu_Clicked_SwitchesTheGridThroughItsKinds()
    {
        var live = await SignedInAsync();
        await live.Page.GetByRole(AriaRole.Button, new() { Name = "Instruments" }).ClickAsync();
        var grid = live.Page.Locator("[data-instrument=Grid]");

        await grid.ClickAsync();
        Assert.Contains("Thirds", await grid.InnerTextAsync(), StringComparison.Ordinal);
        await grid.ClickAsync();
        Assert.Contains("Centre cross", await grid.InnerTextAsync(), StringComparison.Ordinal);
        await grid.ClickAsync();
        Assert.Equal("false", await grid.GetAttributeAsync("aria-pressed"));
    }

    [Fact]
    public async Task Counts_KnownPixels_AreExact()
    {
        var page = await fixture.NewPageAsync(400, 300);
        await page.GotoAsync(fixture.Panel.Address);

        var counts = await page.EvaluateAsync<double[]>(
            """
            async () => {
              const { lumaOf, histogramOf, clippingOf } = await import('/js/exposure.js');
              const data = new ImageData(4, 2).data;
              [[255, 255, 255], [0, 0, 0], [100, 100, 100], [255, 0, 0], [0, 255, 0], [0, 0, 255], [250, 250, 250], [5, 5, 5]]
                .forEach((rgb, i) => data.set([...rgb, 255], 4 * i));
              const luma = lumaOf(data);
              const { red, green, blue, luma: levels } = histogramOf(data, luma, 4, 2);
              const { burnt, black, mean } = clippingOf(levels);
              const half = histogramOf(data, luma, 4, 2, 2);
              return [...luma, red[255], red[0], green[255], blue[255], levels[100], burnt, black, Math.round(mean * 255 * 8),
                half.luma[255], half.luma[100], half.luma.reduce((a, b) => a + b)];
            }
            """);

        Assert.Equal([255, 0, 100, 53, 182, 18, 250, 5, 2, 3, 2, 2, 1, 0.25, 0.25, 863, 1, 1, 2], counts);
    }

    [Fact]
    public async Task Marks_KnownPixels_LieOnTheClippedAndOnTheSharp()
    {
        var page = await fixture.NewPageAsync(400, 300);
        await page.GotoAsync(fixture.Panel.Address);

        // From left to right: black, grey, burnt out; the edge between the last two is steep, and so is the first.
        var rows = await page.EvaluateAsync<string[]>(
            """
            async () => {
              const { markZebra, markPeaks, marks } = await import('/js/exposure.js');
              const width = 12, height = 4;
              const luma = Uint8Array.from({ length: width * height }, (_, i) => [0, 128, 250][Math.floor(i % width / 4)]);
              const letter = new Map([[0, '.'], [marks.burnt, 'B'], [marks.black, 'b'], [marks.sharp, 's']]);
              const rows = mark => {
                const into = new Uint32Array(width * height);
                mark(luma, width, height, into, ...(mark === markZebra ? [4] : []));
                return Array.from({ length: height }, (_, y) => Array.from(into.slice(y * width, (y + 1) * width), m => letter.get(m)).join(''));
              };
              return [...rows(markZebra), ...rows(markPeaks)];
            }
            """);

        Assert.Equal(
            [
                "bb......BB..", ".bb.....B..B", "..bb......BB", "b..b.....BB.",
                "............", "...ss..ss...", "...ss..ss...", "............",
            ],
            rows);
    }

    [Theory]
    [InlineData(TransportKind.Base64, Rotation.Rotate0)]
    [InlineData(TransportKind.Binary, Rotation.Rotate0)]
    [InlineData(TransportKind.Mjpeg, Rotation.Rotate0)]
    [InlineData(TransportKind.Base64, Rotation.Rotate90)]
    [InlineData(TransportKind.Binary, Rotation.Rotate90)]
    [InlineData(TransportKind.Mjpeg, Rotation.Rotate90)]
    [InlineData(TransportKind.H264, Rotation.Rotate90)]
    public async Task Overlay_EveryTransportAndTurned_LiesOnThePicture(TransportKind kind, Rotation turn)
    {
        var live = await SignedInAsync();
        var rotation = live.Page.GetByLabel("Rotation", new() { Exact = true });
        await rotation.EvaluateAsync("select => { select.closest('details').open = true; }");
        try
        {
            await rotation.SelectOptionAsync(turn.ToString());
            await live.Page.Locator(turn == Rotation.Rotate0 ? ".surface:not(.turned)" : ".surface.turned").WaitForAsync();
            await live.UseTransportAsync(kind);
            foreach (var key in "hzfge")
            {
                await live.Page.Keyboard.PressAsync(key.ToString());
            }

            // The same box, and the same shape in it: then the browser fits both in alike, turned or not.
            await live.Page.WaitForFunctionAsync(
                """
                () => {
                  const [overlay, picture] = ['.overlay', '.live-image.shown'].map(s => document.querySelector(s));
                  if (!overlay || !picture) return false;
                  const [a, b] = [overlay, picture].map(e => e.getBoundingClientRect());
                  const [width, height] = [picture.naturalWidth ?? picture.width, picture.naturalHeight ?? picture.height];
                  return ['left', 'top', 'width', 'height'].every(side => Math.abs(a[side] - b[side]) < 0.5)
                    && getComputedStyle(overlay).objectFit === getComputedStyle(picture).objectFit
                    && Math.abs(overlay.height - overlay.width * height / width) <= 0.5
                    && getComputedStyle(overlay).visibility === 'visible';
                }
                """,
                null,
                new() { Timeout = 60_000 });

            // Away from the middle, where a wrong turn would not show: what lies in the loupe is what lies under it.
            await live.Page.Locator(".loupe").FocusAsync();
            for (var i = 0; i < 6; i++)
            {
                await live.Page.Keyboard.PressAsync("ArrowUp");
                await live.Page.Keyboard.PressAsync("ArrowLeft");
            }

            await live.Page.WaitForFunctionAsync(
                """
                async turned => {
                  const [loupe, picture, box] = ['.loupe', '.live-image.shown', '.surface'].map(s => document.querySelector(s));
                  if (!picture) return false;
                  const [glass, outer, own] = [loupe.firstElementChild, box.getBoundingClientRect(), loupe.getBoundingClientRect()];
                  let still = picture;
                  if (picture.src?.startsWith('data:')) { still = new Image(); still.src = picture.src; await still.decode(); }
                  const [width, height] = [still.naturalWidth ?? still.width, still.naturalHeight ?? still.height];
                  const [across, down] = turned ? [height, width] : [width, height];
                  const scale = Math.min(outer.width / across, outer.height / down);
                  const u = (own.left + own.width / 2 - outer.left - outer.width / 2) / (across * scale) + 0.5;
                  const v = (own.top + own.height / 2 - outer.top - outer.height / 2) / (down * scale) + 0.5;
                  if (Math.abs(u - 0.5) < 0.03 || Math.abs(v - 0.5) < 0.03) return false;
                  const [x, y] = turned ? [v * width, (1 - u) * height] : [u * width, v * height];
                  const mean = (source, cx, cy) => {
                    const pen = new OffscreenCanvas(16, 16).getContext('2d');
                    pen.drawImage(source, Math.round(cx) - 8, Math.round(cy) - 8, 16, 16, 0, 0, 16, 16);
                    const { data } = pen.getImageData(0, 0, 16, 16);
                    return [0, 1, 2].map(c => data.reduce((sum, value, i) => sum + (i % 4 === c ? value : 0), 0) / 256);
                  };
                  const [there, shown] = [mean(still, x, y), mean(glass, glass.width / 2, glass.height / 2)];
                  return shown.some(c => c > 20) && there.every((c, n) => Math.abs(c - shown[n]) < 8);
                }
                """,
                turn == Rotation.Rotate90,
                new() { Timeout = 60_000 });
            await live.Page.Locator(".words").Filter(new() { HasTextRegex = new("burnt out|black") }).WaitForAsync();
        }
        finally
        {
            await rotation.SelectOptionAsync(nameof(Rotation.Rotate0));
            await live.Page.Locator(".surface:not(.turned)").WaitForAsync();
        }
    }

    [Fact]
    public async Task Loupe_MovedByKeysAndMouse_ShowsAnotherPlaceAndLeavesTheGimbalAlone()
    {
        var live = await SignedInAsync();
        var angle = live.Page.Locator(".angles b").First;
        var start = await angle.TextContentAsync();
        await live.Page.Keyboard.PressAsync("e");
        var loupe = live.Page.Locator(".loupe");
        await loupe.FocusAsync();
        var before = (await loupe.BoundingBoxAsync())!;

        await live.Page.Keyboard.PressAsync("ArrowRight");
        await LivePage.UntilAsync(async () => Math.Abs((await loupe.BoundingBoxAsync())!.X - before.X - 12) < 1, "the key moves it");
        await live.Page.Mouse.MoveAsync(before.X + 100, before.Y + 100);
        await live.Page.Mouse.DownAsync();
        await live.Page.Mouse.MoveAsync(before.X + 50, before.Y + 70);
        await live.Page.Mouse.UpAsync();

        await LivePage.UntilAsync(
            async () => await loupe.BoundingBoxAsync() is { } now && Math.Abs(now.X - before.X + 38) < 1 && Math.Abs(now.Y - before.Y + 30) < 1,
            "the mouse moves it");
        Assert.Equal(start, await angle.TextContentAsync());
    }

    [Fact]
    public async Task FocusMeter_CameraThatReports_HoldsItsPeak()
    {
        var live = await SignedInAsync();
        await live.Page.Keyboard.PressAsync("f");
        await PressedAsync(live, "Focus", true);
        Assert.False(await live.Page.Locator(".meter").IsVisibleAsync());
        var root = live.Page.Locator(".root:has(> .readouts)");

        // The simulated camera does not say how sharp its picture is; the page is told instead.
        await root.EvaluateAsync("root => { root.dataset.focus = '400'; }");
        await live.Page.Locator(".meter[aria-valuenow='400']").WaitForAsync();
        await root.EvaluateAsync("root => { root.dataset.focus = '200'; }");

        await live.Page.Locator(".meter[aria-valuetext='200 / 400']").WaitForAsync();
        await live.Page.GetByLabel("Forget the highest sharpness").ClickAsync();
        await live.Page.Locator(".meter[aria-valuetext='200 / 200']").WaitForAsync();
    }

    [Fact]
    public async Task HiddenTabAndPrivacy_EverythingOn_NothingOfThePictureStays()
    {
        var live = await SignedInAsync();
        foreach (var key in "hzfge")
        {
            await live.Page.Keyboard.PressAsync(key.ToString());
        }

        string[] parts = [".overlay", ".histogram", ".loupe"];
        await live.SetHiddenAsync(true);
        await AllAsync(WaitForSelectorState.Hidden);
        await live.SetHiddenAsync(false);
        await AllAsync(WaitForSelectorState.Visible);

        try
        {
            await LivePage.SendAsync(live.Page, "PUT", "/api/privacy", new { on = true });
            await AllAsync(WaitForSelectorState.Hidden);
            Assert.Equal(0, await live.Page.Locator(".overlay").CountAsync());
        }
        finally
        {
            await LivePage.SendAsync(live.Page, "PUT", "/api/privacy", new { on = false });
        }

        await AllAsync(WaitForSelectorState.Visible);

        async Task AllAsync(WaitForSelectorState state)
        {
            foreach (var part in parts)
            {
                await live.Page.Locator(part).WaitForAsync(new() { State = state });
            }
        }
    }

    private async Task<LivePage> SignedInAsync()
    {
        var live = await fixture.SignedInAsync();
        live.Page.PageError += (_, error) => errors.Enqueue(error);
        live.Page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Enqueue(message.Text);
            }
        };
        await live.Page.Locator("[data-instrument=Mute][aria-pressed=false]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return live;
    }

    private static Task PressedAsync(LivePage live, string name, bool pressed) =>
        live.Page.Locator($"[data-instrument={name}][aria-pressed={(pressed ? "true" : "false")}]")
            .WaitForAsync(new() { State = WaitForSelectorState.Attached });
}
