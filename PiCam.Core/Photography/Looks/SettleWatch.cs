using PiCam.Core.Frames;

namespace PiCam.Core.Photography.Looks;

/// <summary>Judges by the frames whether automatic exposure and white balance have come to rest.</summary>
internal sealed class SettleWatch
{
    // picamera's recipe "Capturing consistent images" waits 2 s for the gains to settle; slow frames get as many as it had within a few.
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);
    private const int LeastFrames = 6;
    private const int MostFrames = 12;

    private const int StillFrames = 3;
    private const double StillWithin = 0.02;

    private readonly TimeSpan began;
    private TimeSpan since;
    private FrameMetadata? newest;
    private FrameMetadata? exposureAnchor;
    private FrameMetadata? colourAnchor;
    private int exposureStill;
    private int colourStill;

    /// <param name="now">On any clock that never goes back.</param>
    public SettleWatch(TimeSpan now)
    {
        began = since = now;
    }

    /// <summary>The controls were changed: what was seen before counts for nothing, but the longest wait goes on.</summary>
    public void Restart(TimeSpan now)
    {
        since = now;
        (exposureAnchor, colourAnchor) = (null, null);
        (exposureStill, colourStill) = (0, 0);
    }

    /// <summary>Takes in a frame; seeing the same one again changes nothing.</summary>
    public void Saw(FrameMetadata frame)
    {
        if (ReferenceEquals(frame, newest))
        {
            return;
        }

        newest = frame;

        // Against the first of a row, not the one before: a slow drift is no rest.
        if (exposureAnchor is not null && IsNear(Exposure(exposureAnchor), Exposure(frame)))
        {
            exposureStill++;
        }
        else
        {
            (exposureAnchor, exposureStill) = (frame, 0);
        }

        if (colourAnchor is not null && IsColourNear(colourAnchor, frame))
        {
            colourStill++;
        }
        else
        {
            (colourAnchor, colourStill) = (frame, 0);
        }
    }

    /// <summary>How much of the shortest wait is over, 0 to 1.</summary>
    public double Progress(TimeSpan now) => Math.Clamp((now - since) / Longer(Least, LeastFrames), 0, 1);

    /// <summary>True: it has come to rest. False: the longest wait is over. Null: wait on.</summary>
    public bool? Verdict(TimeSpan now)
    {
        if (newest is null)
        {
            return null;
        }

        var rests = (newest.AeLocked == true || exposureStill >= StillFrames) && colourStill >= StillFrames;
        return rests && now - since >= Longer(Least, LeastFrames) ? true
            : now - began >= Longer(Most, MostFrames) ? false
            : null;
    }

    private TimeSpan Longer(TimeSpan time, int frames) =>
        (newest?.FrameDuration ?? TimeSpan.Zero) * frames is var whole && whole > time ? whole : time;

    private static double? Exposure(FrameMetadata frame) =>
        frame.ExposureTime?.TotalSeconds * (frame.AnalogueGain ?? 1) * (frame.DigitalGain ?? 1);

    private static bool IsColourNear(FrameMetadata one, FrameMetadata other) => one.ColourGains is null && other.ColourGains is null
        ? IsNear(one.ColourTemperature, other.ColourTemperature)
        : IsNear(one.ColourGains?.Red, other.ColourGains?.Red) && IsNear(one.ColourGains?.Blue, other.ColourGains?.Blue);

    private static bool IsNear(double? one, double? other) =>
        (one is null && other is null) || Math.Abs((one - other) ?? double.MaxValue) <= StillWithin * Math.Abs(one ?? 0);
}
