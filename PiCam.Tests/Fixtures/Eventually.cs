using System.Diagnostics;

namespace PiCam.Tests.Fixtures;

/// <summary>Waits for something that happens elsewhere (another process, the kernel), instead of sleeping for a fixed time.</summary>
public static class Eventually
{
    /// <summary>Returns when <paramref name="condition"/> holds.</summary>
    /// <exception cref="TimeoutException">It did not within 60 s.</exception>
    public static Task TrueAsync(Func<bool> condition, string what, CancellationToken cancellationToken) =>
        TrueAsync(() => Task.FromResult(condition()), what, TimeSpan.FromSeconds(60), cancellationToken);

    /// <summary>Returns when <paramref name="condition"/>, which takes awaiting to look at, holds.</summary>
    /// <exception cref="TimeoutException">It did not within <paramref name="limit"/>.</exception>
    public static async Task TrueAsync(
        Func<Task<bool>> condition, string what, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"After {limit.TotalSeconds:0} s still not: {what}");
            }

            await Task.Delay(20, cancellationToken);
        }
    }
}
