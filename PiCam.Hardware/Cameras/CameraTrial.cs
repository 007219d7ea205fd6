using PiCam.Core;
using PiCam.Core.Cameras;

namespace PiCam.Hardware.Cameras;

/// <param name="open">Makes the camera of a path; nothing is opened by that.</param>
/// <param name="limit">For so long a picture is waited for: some cameras begin with the next key frame only.</param>
/// <param name="time">The clock of its patience.</param>
internal sealed class CameraTrial(Func<string, ICamera> open, TimeSpan limit, TimeProvider time) : ICameraTrial
{
    public async Task<Reason?> TryAsync(string path, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            var stream = await open(path).OpenAsync(new CameraControls(), 1, either.Token).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                await stream.SetEncodingAsync(true, either.Token).ConfigureAwait(false);
                while (!(await stream.ReadAsync(either.Token).ConfigureAwait(false)).HasPicture)
                {
                    // Only what the camera says of itself.
                }

                return null;
            }
        }
        catch (CameraLostException lost)
        {
            return lost.Reason;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return CameraLoss.Silent($"{limit.TotalSeconds:0}");
        }
    }
}
