using Microsoft.Playwright;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>S8: what people call things is text on every page, whatever it looks like.</summary>
[Collection(BrowserLane.Two)]
public sealed class HostileNameTests(LivePanelFixture fixture) : IAsyncDisposable
{
    private const string Hostile = "<img src=x onerror=hit()>";

    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Fact]
    public async Task Names_ThatLookLikeMarkup_StayTextOnEveryPage()
    {
        var page = (await fixture.SignedInAsync()).Page;
        var item = await page.EvaluateAsync<string>(
            """
            async name => {
              const ask = async (method, path, body) => {
                const answer = await fetch(path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
                if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
                return answer.json();
              };
              await ask('POST', '/api/looks', { name });
              const preset = await ask('POST', '/api/gimbal/presets', { name });
              await ask('POST', '/api/gimbal/tours', { name, stops: [{ presetId: preset.id, dwell: 1 }] });
              const still = await ask('POST', '/api/stills', { size: '640x480' });
              await ask('PATCH', `/api/media/${still.id}`, { name });
              await ask('POST', '/api/timelapses', { name, interval: 1, count: 1, size: '640x360', template: '{name} {counter:00}' });
              return still.id;
            }
            """,
            Hostile);

        // The time-lapse first: when it is over, its picture is in the library beside the other.
        foreach (var (path, shown) in new[]
        {
            ("/timelapse", "section.card:has(h2:text-is('<img src=x onerror=hit()>')) .state:text-is('Finished')"), ("/", "#presets .name"),
            ("/library", ".tile[data-id] >> nth=1"), ($"/library?item={item}", "text=" + Hostile),
        })
        {
            await page.AddInitScriptAsync("window.hit = () => { window.wasHit = true; };");
            await page.GotoAsync(fixture.Panel.Address + path);
            await page.Locator(shown).First.WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });
            await TextOnlyAsync(page);
        }

        // Words about it, in the message that it is gone.
        await page.GotoAsync(fixture.Panel.Address + "/");
        await page.Locator("[popovertarget=looks].more").ClickAsync();
        await page.GetByLabel($"Delete {Hostile}").ClickAsync();
        await page.Locator(".mud-snackbar", new() { HasText = Hostile }).WaitForAsync();
        await TextOnlyAsync(page);
        await page.GotoAsync(fixture.Panel.Address + "/timelapse");
        await page.GetByLabel($"Delete the time-lapse {Hostile}").ClickAsync();
        await page.Locator(".mud-snackbar", new() { HasText = Hostile }).WaitForAsync();
        await TextOnlyAsync(page);
    }

    private static async Task TextOnlyAsync(IPage page) => Assert.False(
        await page.EvaluateAsync<bool>("() => Boolean(window.wasHit) || document.querySelector('img[src=x]') !== null"), page.Url);
}
