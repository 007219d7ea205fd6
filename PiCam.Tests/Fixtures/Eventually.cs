using System.Diagnostics;

namespace PiCam.Tests.Fixtures;

/// <summary>Waits for something that happens elsewhere (another process, the kernel), instead of sleeping for a fixed time.</summary>
public static class Eventually
{
    /// <summary>Returns when <paramref name="condition"/> holds.</summary>
    /// <exception cref="TimeoutException">It did not within 30 s.</exception>
    public static async Task TrueAsync(Func<bool> condition, string what, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException($"After 30 s still not: {what}");
            }

            await Task.Delay(20, cancellationToken);
        }
    }
}
