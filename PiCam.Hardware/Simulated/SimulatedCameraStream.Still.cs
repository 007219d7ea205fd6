using PiCam.Core.Cameras;
using PiCam.Core.Frames;

namespace PiCam.Hardware.Simulated;

/// <content>Stills, which take their own exposure beside the stream's frames.</content>
internal sealed partial class SimulatedCameraStream
{
    // The stream's own least size; a smaller still is made from the whole picture.
    private const int LeastPixels = 64;

    private readonly Lock still = new();
    private SceneAnimation? moving;
    private ulong stills;

    /// <inheritdoc/>
    public async Task<Frame> CaptureAsync(StillRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var size = request.Size is { Width: >= LeastPixels, Height: >= LeastPixels } asked ? asked : Ov5647.Size;
        SensorSettings settings;
        TimeSpan begun;
        CancellationToken closed;
        lock (gate)
        {
            ThrowIfClosed();
            settings = timeline.Still(size, request);
            begun = Now();
            closed = closing.Token;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closed);
        try
        {
            await Task.Delay(settings.FrameDuration, time, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CameraLostException("The simulated camera was closed.");
        }

        // On a thread of the pool from here on: the reader draws its frames on its own meanwhile.
        return request.Fit(DrawStill(settings, begun + settings.FrameDuration, request.Quality));
    }

    private Frame DrawStill(SensorSettings settings, TimeSpan completed, int quality)
    {
        lock (still)
        {
            ThrowIfClosed();

            // A world of its own (8 MB), which is kept; the picture (20 MB at full size) is given back at once: stills are rare.
            moving ??= new SceneAnimation(scene, options.LampPeriod);
            using var picture = new PictureMaker(settings.Capabilities, scene, moving.Texture);
            moving.Expose((completed - settings.ExposureTime).TotalSeconds, settings.ExposureTime.TotalSeconds, time.GetLocalNow());
            var seed = ~(((ulong)(uint)options.Seed << 40) ^ ++stills);
            var statistics = picture.Render(settings, mount.Aim, NoiseTable.Next(ref seed));
            var size = settings.Capabilities.Size;
            return new Frame(
                picture.Encode(quality), size.Width, size.Height, settings.Describe(Timestamp(completed, settings), statistics), time.GetTimestamp());
        }
    }

    private void ReleaseStill()
    {
        lock (still)
        {
            moving?.Dispose();
        }
    }
}
