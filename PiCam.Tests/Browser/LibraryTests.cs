using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>The library as a person uses it. Each test has pictures of its own, and looks at those by their names.</summary>
[Collection(BrowserLane.Two)]
public sealed class LibraryTests(LibraryPanel panel) : IClassFixture<LibraryPanel>, IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => panel.ClosePagesAsync();

    [Theory]
    [InlineData(1440, 900, "dark")]
    [InlineData(390, 844, "light")]
    public async Task Picture_OpenedRenamedProtectedAndDeleted_ComesBackByUndo(int width, int height, string theme)
    {
        var name = $"gate{width}";
        foreach (var n in Enumerable.Range(0, 3))
        {
            await panel.AddAsync($"{name}-{n}", n);
        }

        var page = await panel.OpenAsync($"/library?text={name}", width, height, theme);
        await Tile(page, $"{name}-2").WaitForAsync();
        await Accessibility.CheckAsync(page, "the library");
        await Tile(page, $"{name}-2").ClickAsync();
        await Viewing(page, $"{name}-2").WaitForAsync();
        await LivePage.UntilAsync(
            () => page.Locator(".viewer .current img").EvaluateAsync<bool>("img => img.naturalWidth === 1296"), "the whole picture is there");
        await Accessibility.CheckAsync(page, "the viewer");

        // The next by key, back by the hand.
        await page.Keyboard.PressAsync("ArrowRight");
        await Viewing(page, $"{name}-1").WaitForAsync();
        await SwipeAsync(page, rightwards: true);
        await Viewing(page, $"{name}-2").WaitForAsync();
        await SwipeAsync(page, rightwards: false);
        await Viewing(page, $"{name}-1").WaitForAsync();
        await page.Keyboard.PressAsync("i");
        await page.Locator(".facts", new() { HasText = "1/250 s" }).WaitForAsync();
        Assert.Matches("ISO\\s*200.*OV5647.*1296 × 972.*otto", (await page.Locator(".facts").TextContentAsync())!.ReplaceLineEndings(" "));
        await Accessibility.CheckAsync(page, "the viewer with its facts");

        await page.Keyboard.PressAsync("r");
        await page.Locator(".viewer").GetByLabel("Name", new() { Exact = true }).FillAsync($"{name}-Fox at the gate");
        await page.Keyboard.PressAsync("Enter");
        await Viewing(page, $"{name}-Fox at the gate").WaitForAsync();

        await page.Keyboard.PressAsync("p");
        await page.Locator(".viewer [aria-pressed=true][aria-keyshortcuts=P]").WaitForAsync();
        await page.Keyboard.PressAsync("Delete");
        await page.GetByText($"Protected, so not deleted: {name}-Fox at the gate.").WaitForAsync();
        await page.Keyboard.PressAsync("p");
        await page.Locator(".viewer [aria-pressed=false][aria-keyshortcuts=P]").WaitForAsync();
        await page.Keyboard.PressAsync("Delete");
        await Viewing(page, $"{name}-0").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".viewer").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Tile(page, $"{name}-Fox at the gate").WaitForAsync();
        Assert.Equal(3, await page.Locator(".tile[data-id]").CountAsync());
    }

    [Fact]
    public async Task Selection_OfSeveral_IsDownloadedInOneArchive()
    {
        foreach (var n in Enumerable.Range(0, 6))
        {
            await panel.AddAsync($"pack-{n}", n);
        }

        var page = await panel.OpenAsync("/library?text=pack-");
        await Tile(page, "pack-4").ClickAsync(new() { Modifiers = [KeyboardModifier.Control] });
        await page.Locator(".chosen", new() { HasText = "1 selected" }).WaitForAsync();
        await Tile(page, "pack-1").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await page.Locator(".chosen", new() { HasText = "4 selected" }).WaitForAsync();
        await Accessibility.CheckAsync(page, "the selection");

        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator(".chosen [aria-keyshortcuts=D]").ClickAsync());

        await PhotoArchive.HoldsAsync(download, "pack-1.jpg", "pack-2.jpg", "pack-3.jpg", "pack-4.jpg");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".chosen").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Keyboard.PressAsync("Control+a");
        await page.Locator(".chosen", new() { HasText = "6 selected" }).WaitForAsync();
        await page.Keyboard.PressAsync("Delete");
        await page.GetByText("Deleted: 6.").WaitForAsync();
        await page.GetByText("Nothing matches this filter.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Tile(page, "pack-0").WaitForAsync();
    }

    [Fact]
    public async Task Comparison_ZoomedInOne_ShowsTheSamePlaceOfBoth()
    {
        await panel.AddAsync("pair-0");
        await panel.AddAsync("pair-1", 1);
        var page = await panel.OpenAsync("/library?text=pair-");
        await page.GetByLabel("Select pair-0").ClickAsync();
        await page.GetByLabel("Select pair-1").ClickAsync();
        await page.GetByLabel("Compare").ClickAsync();
        var frames = page.Locator(".comparison .frame");
        await frames.Nth(1).WaitForAsync();
        await Accessibility.CheckAsync(page, "the comparison");
        var box = (await frames.Nth(1).BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 4), box.Y + (box.Height / 2));

        await page.Mouse.WheelAsync(0, -300);

        await LivePage.UntilAsync(async () => await TransformAsync(0) is { Length: > 0 } one && one == await TransformAsync(1), "both are zoomed alike");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".comparison").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        Task<string> TransformAsync(int n) => page.Locator(".comparison .picture").Nth(n).EvaluateAsync<string>("picture => picture.style.transform");
    }

    [Fact]
    public async Task Run_IsOneTileAndOpens_AndBackLeadsToWhereOneWas()
    {
        foreach (var n in Enumerable.Range(0, 4))
        {
            await panel.AddAsync($"lapse-{n}", n, MediaKind.TimeLapse, "lapse");
        }

        await panel.AddAsync("lapse-single", 10);
        await panel.AddAsync("lapse-older", -10);
        var page = await panel.OpenAsync("/library?text=lapse-");
        var run = page.GetByRole(AriaRole.Link, new() { Name = "Time-lapse of 4 pictures" });
        await run.WaitForAsync();
        Assert.Equal(3, await page.Locator(".tile[data-id]").CountAsync());

        // From one neighbour to the other the run is one picture.
        await Tile(page, "lapse-single").ClickAsync();
        await Viewing(page, "lapse-single").WaitForAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Viewing(page, "lapse-3").WaitForAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Viewing(page, "lapse-older").WaitForAsync();
        await page.Keyboard.PressAsync("Home");
        await Viewing(page, "lapse-single").WaitForAsync();
        await page.Keyboard.PressAsync("End");
        await Viewing(page, "lapse-older").WaitForAsync();
        await page.GoBackAsync();

        await run.ClickAsync();
        await page.Locator("h1", new() { HasText = "Time-lapse, " }).WaitForAsync();
        await LivePage.UntilAsync(async () => await page.Locator(".tile[data-id]").CountAsync() == 4, "the run's pictures are shown");
        await Accessibility.CheckAsync(page, "a run");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByLabel("Download the whole run").ClickAsync());
        await PhotoArchive.HoldsAsync(download, "lapse-0.jpg", "lapse-1.jpg", "lapse-2.jpg", "lapse-3.jpg");
        await page.GoBackAsync();
        await run.WaitForAsync();
    }

    [Fact]
    public async Task Filter_ByKindDayAndName_ShowsWhatFitsAndIsInTheAddress()
    {
        await panel.AddAsync("sift-fox", -3 * 24 * 60);
        await panel.AddAsync("sift-burst", 1, MediaKind.Burst);
        await panel.AddAsync("sift-door", 2, preset: "door");
        var page = await panel.OpenAsync("/library?text=sift-");
        await Tile(page, "sift-fox").WaitForAsync();
        await page.Keyboard.PressAsync("f");
        await page.Locator("#library-filter:popover-open").WaitForAsync();
        await Accessibility.CheckAsync(page, "the filter");

        await page.GetByLabel("Kind").SelectOptionAsync("Burst");
        await OnlyAsync("sift-burst");
        await page.GetByLabel("Kind").SelectOptionAsync("");
        await page.GetByLabel("Until").FillAsync(LibraryPanel.Noon.AddDays(-1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await OnlyAsync("sift-fox");
        Assert.Contains("to=2026-06-14", page.Url, StringComparison.Ordinal);
        await page.GotoAsync(new Uri(panel.Address, "/library?text=sift-&preset=door").ToString());
        await OnlyAsync("sift-door");

        async Task OnlyAsync(string name)
        {
            await LivePage.UntilAsync(async () => await page.Locator(".tile[data-id]").CountAsync() == 1, $"only {name} is shown");
            await Tile(page, name).WaitForAsync();
        }
    }

    [Fact]
    public async Task Name_ThatIsMarkup_StaysTextEverywhere()
    {
        const string Name = "<img src=x onerror=\"window.hurt=1\">";
        await panel.AddAsync(Name);
        var page = await panel.OpenAsync("/library?text=onerror");
        await page.Locator(".tile a").ClickAsync();
        await Viewing(page, Name).WaitForAsync();
        await page.Keyboard.PressAsync("i");
        await page.Locator(".facts").WaitForAsync();
        await page.Keyboard.PressAsync("p");
        await page.Locator(".viewer [aria-pressed=true][aria-keyshortcuts=P]").WaitForAsync();
        await page.Keyboard.PressAsync("Delete");
        await page.GetByText("Protected, so not deleted: <img src=x").WaitForAsync();
        await page.Keyboard.PressAsync("p");
        await page.Locator(".viewer [aria-pressed=false][aria-keyshortcuts=P]").WaitForAsync();
        await page.Keyboard.PressAsync("Delete");
        await page.GetByText("<img src=x onerror=\"window.hurt=1\"> was deleted.").WaitForAsync();

        Assert.True(await page.EvaluateAsync<bool>("() => window.hurt === undefined && document.querySelector('img[src=x]') === null"));
    }

    [Fact]
    public async Task Film_InTheViewer_PlaysAndCanBeWoundForward()
    {
        var draft = await panel.Library.BeginAsync(Callers.Operator, new NewMedia(MediaKind.Film, "film-clouds", "webm") { TakenAt = LibraryPanel.Noon }, Token);
        await using (draft)
        {
            await TestVideos.MakeWebAsync(draft.FilePath);
            await draft.CommitAsync(TimeSpan.FromSeconds(3), Token);
        }

        var page = await panel.OpenAsync("/library?text=film-");
        await page.Locator(".tile a", new() { HasText = "0:03" }).ClickAsync();
        var film = page.Locator(".viewer video");
        await film.EvaluateAsync("video => { video.muted = true; video.currentTime = 2; }");

        await LivePage.UntilAsync(
            () => film.EvaluateAsync<bool>("video => video.videoWidth === 320 && video.currentTime === 2 && !video.seeking && video.readyState >= 2"),
            "the film is at its third second");
    }

    [Fact]
    public async Task Viewer_ByRole_SeesAndDownloadsAndChangesNothing()
    {
        await panel.AddAsync("guest-0");
        await using (var scope = panel.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<People>().AddAsync(Caller.System, "gus", "a long enough password", Role.Viewer);
        }

        var page = await panel.OpenAsync("/library?text=guest-", person: "gus");
        await page.GetByLabel("Select guest-0").ClickAsync();
        await page.Locator(".chosen [aria-keyshortcuts=D]").WaitForAsync();
        Assert.Equal(0, await page.Locator(".chosen [aria-keyshortcuts=Delete]").CountAsync());
        await page.Keyboard.PressAsync("Escape");
        await Tile(page, "guest-0").ClickAsync();
        await Viewing(page, "guest-0").WaitForAsync();
        Assert.Equal(0, await page.Locator(".viewer [aria-keyshortcuts=P], .viewer [aria-keyshortcuts=R], .viewer [aria-keyshortcuts=Delete]").CountAsync());
        var download = await page.RunAndWaitForDownloadAsync(() => page.Keyboard.PressAsync("d"));
        Assert.Equal("guest-0.jpg", download.SuggestedFilename);
    }

    private static ILocator Tile(IPage page, string name) => page.Locator($".tile a[title='{name}']");

    private static ILocator Viewing(IPage page, string name) => page.Locator("#viewer-name", new() { HasText = name });

    private static async Task SwipeAsync(IPage page, bool rightwards)
    {
        var box = (await page.Locator(".viewer [data-stage]").BoundingBoxAsync())!;
        var (from, to) = rightwards ? (0.3f, 0.8f) : (0.7f, 0.2f);
        await page.Mouse.MoveAsync(box.X + (box.Width * from), box.Y + (box.Height * 0.8f));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width * to), box.Y + (box.Height * 0.8f), new() { Steps = 5 });
        await page.Mouse.UpAsync();
    }
}
