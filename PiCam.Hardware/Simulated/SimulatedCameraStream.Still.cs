using PiCam.Core.Cameras;
using PiCam.Core.Frames;

namespace PiCam.Hardware.Simulated;

/// <content>Stills, which take their own exposure beside the stream's frames.</content>
internal sealed partial class SimulatedCameraStream
{
    // The stream's own least size; a smaller still is made from the whole picture.
    private const int LeastPixels = 64;

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
            settings = timeline.Still(size);
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

    /// <summary>What it takes of memory (some 30 MB at full size) is given back at once: stills are rare.</summary>
    private Frame DrawStill(SensorSettings settings, TimeSpan completed, int quality)
    {
        using var moving = new SceneAnimation(scene.Front);
        using var own = new PictureMaker(settings.Capabilities, scene, moving.Texture);
        moving.Expose((completed - settings.ExposureTime).TotalSeconds, settings.ExposureTime.TotalSeconds, time.GetLocalNow());
        var seed = ~(((ulong)(uint)options.Seed << 40) ^ Interlocked.Increment(ref stills));
        var statistics = own.Render(settings, mount.Aim, NoiseTable.Next(ref seed));
        var size = settings.Capabilities.Size;
        return new Frame(
            own.Encode(quality), size.Width, size.Height, settings.Describe(Timestamp(completed, settings), statistics), time.GetTimestamp());
    }
}
