using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>Recording, and what a person does with a recording afterwards.</summary>
[Collection(BrowserLane.Two)]
public sealed class RecordingTests(LivePanelFixture fixture) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Recording_MadePlayedCutDeletedAndBroughtBack_AllByAPerson(int width, int height)
    {
        var live = await fixture.SignedInAsync(width, height);
        var page = live.Page;
        var record = page.Locator("button.record");
        await record.ClickAsync();
        await LivePage.UntilAsync(async () => await record.GetAttributeAsync("aria-pressed") == "true", "it records");

        // With what was before, it may be more from the first look on.
        var chip = page.Locator(".recording.on");
        await LivePage.UntilAsync(async () => Regex.Match((await chip.TextContentAsync())!, @"0:(\d\d)") is { Success: true } elapsed
            && int.Parse(elapsed.Groups[1].ValueSpan, CultureInfo.InvariantCulture) >= 2, "two seconds are recorded");
        await Accessibility.CheckAsync(page, "recording");

        await page.Keyboard.PressAsync("r");
        await page.GetByText("Recorded: ").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Play" }).ClickAsync();

        // It plays: decoded by the browser, and forward in time.
        var player = page.Locator(".viewer .player");
        var video = player.Locator("video");
        await LivePage.UntilAsync(() => video.EvaluateAsync<bool>("video => video.readyState >= 2 && video.duration > 2"), "its beginning is there");
        await player.GetByLabel("Play", new() { Exact = true }).ClickAsync();
        await LivePage.UntilAsync(
            () => video.EvaluateAsync<bool>("video => video.currentTime > 0.5 && video.getVideoPlaybackQuality().totalVideoFrames > 3"), "it plays");
        await page.Keyboard.PressAsync("k");
        await Accessibility.CheckAsync(page, "a recording in the viewer");

        // From frame to frame, and back to the same one.
        await LivePage.UntilAsync(() => video.EvaluateAsync<bool>("video => video.paused || video.ended"), "it rests");
        await player.GetByLabel("Position").FillAsync("1");
        var at = await RestingAtAsync(player);
        Assert.InRange(at, 0, 1.001);
        await page.Keyboard.PressAsync(".");
        var next = await RestingAtAsync(player);
        Assert.InRange(next, at + 1e-6, double.MaxValue);
        await page.Keyboard.PressAsync(",");
        Assert.Equal(at, await RestingAtAsync(player), 1e-6);
        await page.Keyboard.PressAsync(".");
        Assert.Equal(next, await RestingAtAsync(player), 1e-6);

        // A film that is fetched anew, as when it gets its index, goes on where a step on its way ends.
        await page.Keyboard.PressAsync(",");
        await video.EvaluateAsync("video => video.setAttribute('src', video.getAttribute('src'))");
        Assert.Equal(at, await RestingAtAsync(player), 1e-6);
        await page.Keyboard.PressAsync(".");
        Assert.Equal(next, await RestingAtAsync(player), 1e-6);

        // A still of what is shown, and a clip from there on.
        var name = (await page.Locator("#viewer-name").TextContentAsync())!;
        await page.Keyboard.PressAsync("s");
        await page.GetByText("Picture kept: " + name).WaitForAsync();
        await page.Keyboard.PressAsync("[");
        await player.GetByText("Keep clip").ClickAsync();
        await page.GetByText("Clip kept: " + name).WaitForAsync();
        await page.Locator(".mud-snackbar", new() { HasText = "Clip kept" }).GetByRole(AriaRole.Button, new() { Name = "Play" }).ClickAsync();
        await page.Locator("#viewer-name", new() { HasText = name + " 0m" }).WaitForAsync();
        await LivePage.UntilAsync(() => video.EvaluateAsync<bool>("video => video.readyState >= 2 && video.duration > 0.1"), "the clip can be played");
        var file = await page.APIRequest.GetAsync(fixture.Panel.Address + await video.GetAttributeAsync("src"));
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["clip.mp4"], await file.BodyAsync(), TestContext.Current.CancellationToken);
        var probe = await FilmProbe.ReadAsync(folder["clip.mp4"]);
        Assert.Equal((640, 360, "h264"), (probe.Width, probe.Height, probe.Codec));
        Assert.InRange(probe.Frames, 2, int.MaxValue);

        await page.Keyboard.PressAsync("Delete");
        await page.GetByText(" was deleted.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator($".tile a[title^='{name} 0m']").First.WaitForAsync();
        await page.Locator($".tile a[title='{name}']").First.WaitForAsync();
    }

    // Where it is once it is where it goes.
    private static async Task<double> RestingAtAsync(ILocator player)
    {
        await LivePage.UntilAsync(() => player.EvaluateAsync<bool>("player => !player.matches('.seeking')"), "the picture is there");
        return await player.EvaluateAsync<double>("player => Number(player.dataset.at)");
    }
}
