using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>What holds of every page, whatever is open on it.</summary>
internal static class Accessibility
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Axe finds nothing serious, and nothing is wider than the screen.</summary>
    /// <remarks>
    /// By axe.run in the page itself. Deque's own RunAxe opens a window for each check, to join what it found in frames from
    /// elsewhere; the panel has no frames, and a window costs more than the check.
    /// </remarks>
    public static async Task CheckAsync(IPage page, string what)
    {
        Assert.True(
            await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{what} is wider than the screen");
        if (await page.EvaluateAsync<bool>("() => window.axe === undefined"))
        {
            await page.EvaluateAsync(Axe);
        }

        var found = await page.EvaluateAsync<JsonElement>(
            """
            async () => {
              const { passes, violations } = await axe.run(document, { resultTypes: ['violations'] });
              return {
                passed: passes.length,
                serious: violations.filter(v => ['serious', 'critical'].includes(v.impact))
                  .map(v => `${v.id}: ${v.help} (${v.nodes.map(n => n.html).join('; ')})`),
              };
            }
            """);
        Assert.True(found.GetProperty("passed").GetInt32() > 0, $"{what}: axe has checked nothing");
        var serious = found.GetProperty("serious").EnumerateArray().Select(violation => $"{what}: {violation}").ToList();
        Assert.True(serious.Count == 0, string.Join('\n', serious));
    }
}
