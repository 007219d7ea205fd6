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
        try
        {
            if (TestContext.Current is { TestState.Result: TestResult.Failed, TestOutputHelper: { } output })
            {
                foreach (var page in open.SelectMany(context => context.Pages))
                {
                    output.WriteLine(await LivePage.DescribeAsync(page));
                }
            }
        }
        finally
        {
            foreach (var context in open)
            {
                await context.CloseAsync();
            }

            open.Clear();
        }
    }
}
