using Microsoft.Playwright;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>The browser contexts that a test opened, until it closes them.</summary>
internal sealed class OpenContexts
{
    private readonly List<IBrowserContext> open = [];

    public int Count => open.Count;

    public void Add(IBrowserContext context) => open.Add(context);

    /// <summary>Closes them all; of a test that failed, what its pages show is in its output then.</summary>
    public async ValueTask CloseAsync()
    {
        foreach (var context in open)
        {
            if (TestContext.Current is { TestState.Result: TestResult.Failed, TestOutputHelper: { } output })
            {
                foreach (var page in context.Pages)
                {
                    output.WriteLine($"{page.Url} shows:\n{await page.InnerTextAsync("body")}");
                }
            }

            await context.CloseAsync();
        }

        open.Clear();
    }
}
