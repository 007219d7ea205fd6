namespace PiCam.Tests.Fixtures;

/// <summary>Waits for conditions, with a limit so generous that only a fault reaches it.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Returns when <paramref name="condition"/> holds; fails with <paramref name="what"/> when it never does.</summary>
    public static async Task HoldsAsync(Func<bool> condition, string what, TimeSpan? limit = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > (limit ?? Limit))
            {
                Assert.Fail($"Never came true: {what}");
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
