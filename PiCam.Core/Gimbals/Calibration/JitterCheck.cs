using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;

namespace PiCam.Core.Gimbals.Calibration;

/// <summary>
/// Sees whether a servo trembles: by how much neighbouring pictures differ while it is held by pulses, and while it is let go.
/// A person sees it too, but rarely knows that it is the pulses.
/// </summary>
public sealed class JitterCheck(Calibrator calibrator, CameraSession camera, TimeProvider time)
{
    private const int Pictures = 9;
    private const int Width = 160;

    // A servo settles within that after it was held or let go (a tilt may sag once).
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Looks for some seconds at the axis that is being calibrated; leaves it held.</summary>
    /// <param name="caller">Who calibrates.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">This session calibrates nothing.</exception>
    public async Task<JitterResult> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        calibrator.Hold(caller, held: true);
        var held = await RestlessnessAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            calibrator.Hold(caller, held: false);
            return JitterResult.Of(held, await RestlessnessAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            calibrator.Hold(caller, held: true);
        }
    }

    /// <summary>The median of how much neighbouring pictures differ: one gust or one passer-by does not count.</summary>
    private async Task<double?> RestlessnessAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Settling, time, cancellationToken).ConfigureAwait(false);
        using var subscription = camera.Frames.Subscribe();
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var differences = new List<double>();
        byte[]? before = null;
        try
        {
            while (differences.Count < Pictures)
            {
                var frame = await subscription.NextAsync(either.Token).ConfigureAwait(false);
                if (JpegThumbnail.Grey(frame.Jpeg, Width) is not { } now)
                {
                    continue;
                }

                if (before?.Length == now.Length)
                {
                    differences.Add(before.Zip(now, (a, b) => (double)Math.Abs(a - b)).Average());
                }

                before = now;
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        return differences.Order().ElementAt(differences.Count / 2);
    }
}
