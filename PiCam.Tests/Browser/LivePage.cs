using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using PiCam.Blazor.Live.Transports;
using PiCam.Core.Optics;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>The live page in a real browser, as a person uses it: by the names of things and by what the pixels show.</summary>
internal sealed class LivePage(IPage page)
{
    private const int ThumbnailWidth = 128;
    private const int ThumbnailHeight = 72;

    public IPage Page => page;

    public PanelGimbal Gimbal { get; } = new(page);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Fills in the set-up page, however the browser got there, and waits for the live page.</summary>
    public async Task SetUpAsync(string code, string name, string password)
    {
        await page.GetByLabel("Set-up code").FillAsync(code);
        await page.GetByLabel("User name").FillAsync(name);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await PictureAsync();
    }

    /// <summary>Signs in and waits for the live page.</summary>
    public async Task SignInAsync(string name, string password)
    {
        await SignInOnlyAsync(name, password);
        await PictureAsync();

        // The buttons on the picture come when the page's scripts are attached; a key pressed before that reaches nothing.
        await page.Locator("[data-tool=save]").WaitForAsync(new() { Timeout = 60_000 });
    }

    /// <summary>Signs in, on the way to whatever page.</summary>
    public async Task SignInOnlyAsync(string name, string password)
    {
        await page.GetByLabel("User name").FillAsync(name);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>Waits for a decoded picture.</summary>
    public Task PictureAsync() => TellingAsync(() => page.WaitForFunctionAsync(
        "() => document.querySelector('.live-image.shown') !== null", null, new() { Timeout = 120_000 }));

    /// <summary>Waits; if in vain, says what the page showed at the end.</summary>
    /// <exception cref="TimeoutException">It was in vain.</exception>
    public async Task TellingAsync(Func<Task> wait)
    {
        try
        {
            await wait();
        }
        catch (TimeoutException vain)
        {
            throw new TimeoutException($"{vain.Message}\n{await DescribeAsync(page)}", vain);
        }
    }

    /// <summary>What a page shows, for whoever reads why a test failed.</summary>
    public static async Task<string> DescribeAsync(IPage page) => $"{page.Url} shows:\n{await page.InnerTextAsync("body")}";

    /// <summary>Chooses how the picture travels, and waits until it comes that way.</summary>
    public async Task UseTransportAsync(TransportKind kind)
    {
        await page.GetByLabel("Sent as").EvaluateAsync("select => { select.closest('details').open = true; }");
        await page.GetByLabel("Sent as").SelectOptionAsync(kind.ToString());
        await ShownByAsync(kind);
    }

    /// <summary>Has the page choose by itself.</summary>
    public async Task UseAutoAsync()
    {
        await page.GetByLabel("Sent as").EvaluateAsync("select => { select.closest('details').open = true; }");
        await page.GetByLabel("Sent as").SelectOptionAsync(nameof(TransportKind.Auto));
    }

    /// <summary>The transport of the picture that shows.</summary>
    public Task<string?> CarrierAsync() => page.EvaluateAsync<string?>("() => document.querySelector('.live-image.shown')?.dataset.carries");

    /// <summary>Waits for a picture in the element of this transport.</summary>
    public async Task ShownByAsync(TransportKind kind) => await page.WaitForFunctionAsync(
        "kind => document.querySelector('.live-image.shown')?.dataset.carries === kind",
        kind.ToString(),
        new() { Timeout = 60_000 });

    /// <summary>Makes the page believe that its tab is hidden, or shown again.</summary>
    public async Task SetHiddenAsync(bool hidden) => await page.EvaluateAsync(
        """
        hidden => {
          Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """,
        hidden);

    /// <summary>The running number of the frame that is shown; 0 before the first.</summary>
    public async Task<long> SequenceAsync() => long.Parse(
        await page.EvaluateAsync<string>("() => document.querySelector('.live-image.shown')?.dataset.sequence || '0'"),
        CultureInfo.InvariantCulture);

    /// <summary>Waits until frames newer than <paramref name="after"/> are shown.</summary>
    public async Task NewFramesAsync(long after) => await page.WaitForFunctionAsync(
        "after => Number(document.querySelector('.live-image.shown')?.dataset.sequence) > after + 2",
        after,
        new() { Timeout = 60_000 });

    /// <summary>The picture as the browser decoded it: 128×72 luminances, 0…255, row by row.</summary>
    public async Task<double[]> PixelsAsync() => await page.EvaluateAsync<double[]>(
        """
        async ([width, height]) => {
          // A stream that has just broken off has nothing to draw.
          let shown;
          const deadline = performance.now() + 60_000;
          const drawable = () => (shown?.videoWidth ?? shown?.naturalWidth ?? shown?.width) > 0;
          while (shown = document.querySelector('.live-image.shown'), !drawable() && performance.now() < deadline) await new Promise(requestAnimationFrame);
          let still = shown;
          if (shown.src?.startsWith('data:')) {
            still = new Image();
            still.src = shown.src;
            await still.decode();
          }
          const canvas = new OffscreenCanvas(width, height);
          const context = canvas.getContext('2d');
          context.drawImage(still, 0, 0, width, height);
          const data = context.getImageData(0, 0, width, height).data;
          return Array.from({ length: width * height }, (_, i) => (data[4 * i] * 2 + data[4 * i + 1] * 5 + data[4 * i + 2]) / 8);
        }
        """,
        new[] { ThumbnailWidth, ThumbnailHeight });

    /// <summary>Where the brightest small spot near a place of the picture is: the middle of the brightest three by three pixels; null when none stands out from its surroundings.</summary>
    /// <param name="near">Where to look.</param>
    /// <param name="radius">How far around, as a fraction of the picture's width.</param>
    public async Task<PicturePoint?> SpotAsync(PicturePoint near, double radius)
    {
        var found = await page.EvaluateAsync<double[]>(
            """
            async ([u, v, radius]) => {
              const still = new Image();
              still.src = document.querySelector('.live-image.shown').src;
              await still.decode();
              const { naturalWidth: width, naturalHeight: height } = still;
              const pen = new OffscreenCanvas(width, height).getContext('2d');
              pen.drawImage(still, 0, 0);
              const r = Math.round(radius * width), cx = Math.round(u * width), cy = Math.round(v * height);
              const left = Math.max(0, cx - r), top = Math.max(0, cy - r);
              const w = Math.min(width, cx + r) - left, h = Math.min(height, cy + r) - top;
              const data = pen.getImageData(left, top, w, h).data;
              const light = (x, y) => data[4 * (y * w + x)] + data[4 * (y * w + x) + 1] + data[4 * (y * w + x) + 2];
              let best = -1, bx = 0, by = 0, all = 0, count = 0;
              for (let y = 1; y < h - 1; y++) {
                for (let x = 1; x < w - 1; x++) {
                  let sum = 0;
                  for (let j = -1; j <= 1; j++) for (let i = -1; i <= 1; i++) sum += light(x + i, y + j);
                  all += sum;
                  count++;
                  if (sum > best) [best, bx, by] = [sum, x, y];
                }
              }
              return [(left + bx + 0.5) / width, (top + by + 0.5) / height, (best - all / count) / 27];
            }
            """,
            new[] { near.U, near.V, radius });
        return found[2] > 15 ? new PicturePoint(found[0], found[1]) : null;
    }

    /// <summary>Clicks a place of the picture, which lies as large as fits in the middle of its stage.</summary>
    public async Task ClickPictureAsync(PicturePoint place)
    {
        var at = await page.EvaluateAsync<float[]>(
            """
            ([u, v]) => {
              const surface = document.querySelector('.surface'), outer = surface.getBoundingClientRect();
              const aspect = Number(surface.dataset.aspect);
              const width = Math.min(outer.width, outer.height * aspect), height = width / aspect;
              return [outer.left + (outer.width - width) / 2 + u * width, outer.top + (outer.height - height) / 2 + v * height];
            }
            """,
            new[] { place.U, place.V });
        await page.Mouse.ClickAsync(at[0], at[1]);
    }

    /// <summary>The mean luminance, 0…255.</summary>
    public async Task<double> BrightnessAsync() => (await PixelsAsync()).Average();

    /// <summary>Waits until the decoded pixels differ from each other in time: the picture moves.</summary>
    public async Task MovesAsync()
    {
        var first = await PixelsAsync();
        await UntilAsync(
            async () => first.Zip(await PixelsAsync(), (a, b) => Math.Abs(a - b)).Max() > 12,
            "the decoded pixels change");
    }

    /// <summary>How far the scene lies to the left of where it was, in thousandths of the picture's width: the best match of the columns.</summary>
    public async Task<int> ShiftLeftSinceAsync(double[] before)
    {
        var now = Columns(await PixelsAsync());
        var then = Columns(before);
        var best = Enumerable.Range(-40, 81).MinBy(shift =>
        {
            var from = Math.Max(0, shift);
            var to = Math.Min(ThumbnailWidth, ThumbnailWidth + shift);
            return Enumerable.Range(from, to - from).Average(x => Math.Abs(then[x] - now[x - shift]));
        });
        return best * 1000 / ThumbnailWidth;
    }

    public ILocator Slider(string name) => page.GetByRole(AriaRole.Slider, new() { Name = name, Exact = true });

    public async Task<double> SliderPositionAsync(string name) =>
        double.Parse(await Slider(name).InputValueAsync(), CultureInfo.InvariantCulture);

    /// <summary>Moves a slider by its own keys, one step each.</summary>
    public async Task StepAsync(string name, int steps)
    {
        await Slider(name).FocusAsync();
        for (var i = 0; i < Math.Abs(steps); i++)
        {
            await Slider(name).PressAsync(steps > 0 ? "ArrowRight" : "ArrowLeft");
        }
    }

    /// <summary>Asks the panel's HTTP API in the name of who is signed in on the page.</summary>
    public static async Task SendAsync(IPage page, string method, string path, object body)
    {
        var status = await page.EvaluateAsync<int>(
            """
            async ([method, path, body]) =>
              (await fetch(path, { method, body, headers: { 'Content-Type': 'application/json' } })).status
            """,
            new[] { method, path, JsonSerializer.Serialize(body) });
        Assert.True(status is >= 200 and < 300, string.Create(CultureInfo.InvariantCulture, $"{method} {path}: {status}"));
    }

    /// <summary>Waits for a condition that takes awaiting to look at.</summary>
    public static Task UntilAsync(Func<Task<bool>> condition, string what) =>
        Eventually.TrueAsync(condition, what, TimeSpan.FromSeconds(60), Token);

    private static double[] Columns(double[] pixels) =>
        [.. Enumerable.Range(0, ThumbnailWidth).Select(x => Enumerable.Range(0, ThumbnailHeight).Average(y => pixels[(y * ThumbnailWidth) + x]))];
}
