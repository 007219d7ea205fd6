using System.Globalization;
using Microsoft.Playwright;
using PiCam.Core.Media;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>A large library under the hand: everything is where it belongs, and the page stays small.</summary>
[Collection(BrowserLane.Two)]
public sealed class LibraryScrollTests(LibraryPanel panel) : IClassFixture<LibraryPanel>, IAsyncDisposable
{
    private const int Count = 8000;

    // Of them there are fewer than 4 screens of tiles, each of a handful of elements.
    private const int MostElements = 4000;

    public ValueTask DisposeAsync() => panel.ClosePagesAsync();

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Scroll_ThousandsOfPictures_AreEachInTheirPlaceAndThePageStaysSmall(int width, int height)
    {
        var name = $"walk{width}-";
        var items = Enumerable.Range(0, Count).Select(n => Item(name, n)).ToList();
        await panel.IndexAsync(items);
        var days = items.GroupBy(item => DateOnly.FromDateTime(item.TakenAt.DateTime))
            .ToDictionary(day => day.Key.ToString("yyyyMMdd", CultureInfo.InvariantCulture), day => day.Select(item => item.Name).ToList());
        var page = await panel.OpenAsync($"/library?text={name}", width, height);
        await page.Locator(".tile[data-id]").First.WaitForAsync();
        var total = await page.EvaluateAsync<double>("() => document.querySelector('.canvas').offsetHeight");

        for (var part = 0.0; part <= 1; part += 0.0625)
        {
            await page.EvaluateAsync("top => { document.querySelector('.scroll').scrollTop = top; }", part * total);
            var seen = await SeenAsync(page);
            foreach (var day in seen.GroupBy(tile => tile[0]))
            {
                var expected = days[day.Key];
                var first = expected.IndexOf(day.First()[1]);
                Assert.Equal(expected.Skip(first).Take(day.Count()), day.Select(tile => tile[1]));
            }

            Assert.InRange(await page.EvaluateAsync<int>("() => document.querySelectorAll('.scroll *').length"), 20, MostElements);
        }

        Assert.Equal(items[^1].Name, (await SeenAsync(page))[^1][1]);

        // The day of a date, and back to the top.
        var wanted = DateOnly.FromDateTime(items[Count / 2].TakenAt.DateTime);
        await page.GetByLabel("Go to a day").First.ClickAsync();
        await page.GetByLabel("Day", new() { Exact = true }).FillAsync(wanted.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await page.Keyboard.PressAsync("Escape");
        await LivePage.UntilAsync(
            async () => (await SeenAsync(page))[0][0] == wanted.ToString("yyyyMMdd", CultureInfo.InvariantCulture), "the day is at the top");
    }

    [Fact]
    public async Task Picture_NewWhileOneLooksFurtherDown_MovesNothingAndIsAtTheTop()
    {
        var items = Enumerable.Range(0, 600).Select(n => Item("rest-", n)).ToList();
        await panel.IndexAsync(items);
        var page = await panel.OpenAsync("/library?text=rest-");
        await page.Locator(".tile[data-id]").First.WaitForAsync();
        await page.EvaluateAsync("() => { document.querySelector('.scroll').scrollTop = 2500; }");
        var before = await SeenAsync(page);
        var tile = page.Locator($".tile[title='{before[8][1]}'], .tile:has(a[title='{before[8][1]}'])");
        var place = (await tile.BoundingBoxAsync())!.Y;

        await panel.AddAsync("rest-new");

        await page.Locator(".total", new() { HasText = "601" }).WaitForAsync();
        await LivePage.UntilAsync(async () => Math.Abs((await tile.BoundingBoxAsync())!.Y - place) < 1.5, "what one looks at is where it was");
        await page.EvaluateAsync("() => { document.querySelector('.scroll').scrollTop = 0; }");
        await LivePage.UntilAsync(async () => (await SeenAsync(page))[0][1] == "rest-new", "it is at the top");
        await panel.AddAsync("rest-newer", minutes: 1);
        await LivePage.UntilAsync(async () => (await SeenAsync(page))[0][1] == "rest-newer", "the next one comes to the top");
    }

    // Day and name of every tile on the screen, in order, when all of them are there.
    private static async Task<string[][]> SeenAsync(IPage page)
    {
        string[][]? seen = null;
        await LivePage.UntilAsync(
            async () => (seen = await page.EvaluateAsync<string[][]?>(
                """
                () => {
                  const scroll = document.querySelector('.scroll').getBoundingClientRect();
                  const on = [...document.querySelectorAll('.tile')].filter(tile => {
                    const box = tile.getBoundingClientRect();
                    return box.bottom > scroll.top + 49 && box.top < scroll.bottom - 1;
                  });
                  const covered = [...document.querySelectorAll('.day')].some(day => day.getBoundingClientRect().top <= scroll.top + 49)
                    && [...document.querySelectorAll('.day')].some(day => day.getBoundingClientRect().bottom >= Math.min(scroll.bottom,
                      document.querySelector('.canvas').getBoundingClientRect().bottom) - 1);
                  if (!covered || !on.length || on.some(tile => !tile.dataset.id)) return null;
                  return on.map(tile => [tile.closest('.day').getAttribute('aria-labelledby').slice(4), tile.querySelector('a').title]);
                }
                """)) is not null,
            "the screen is full of tiles");
        return seen!;
    }

    // Newest first: days with hundreds, and some without any between them.
    private static MediaItem Item(string name, int number) => new()
    {
        Id = Guid.CreateVersion7(LibraryPanel.Noon.AddDays(-1).AddMinutes(-number)).ToString("n"),
        Kind = MediaKind.Still,
        Name = FormattableString.Invariant($"{name}{number:d5}"),
        Path = FormattableString.Invariant($"2026/06/14/{name}{number:d5}.jpg"),
        TakenAt = LibraryPanel.Noon.AddDays(-1).AddMinutes(-number - (number / 700 * 2000)),
        Bytes = 1,
    };
}
