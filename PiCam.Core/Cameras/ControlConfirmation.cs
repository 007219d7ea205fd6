using PiCam.Core.Frames;

namespace PiCam.Core.Cameras;

/// <summary>
/// Compares what was asked with what the frames say. A value is pending until a frame shows it; when the camera took it in
/// long ago and still uses another, it is clamped.
/// </summary>
internal sealed class ControlConfirmation
{
    /// <summary>
    /// Frames after which a control that the camera has taken in must show. libcamera needs its queue depth (3–4 buffers)
    /// plus 2–3 frames from the request to the pixels (measured); twice that leaves room for auto exposure to let go.
    /// </summary>
    public const int PatienceFrames = 14;

    private readonly Dictionary<string, long> changedIn = [];
    private readonly Dictionary<string, long> takenInAt = [];
    private long frames;

    /// <summary>Notes which controls differ between two states, so that only they become pending.</summary>
    public void Changed(CameraControls from, CameraControls to, long version)
    {
        Note(ControlNames.ExposureTime, from.ExposureTime, to.ExposureTime, version);
        Note(ControlNames.AnalogueGain, from.AnalogueGain, to.AnalogueGain, version);
        Note(ControlNames.ExposureValue, from.ExposureValue, to.ExposureValue, version);
        Note(ControlNames.AwbMode, from.AwbMode, to.AwbMode, version);
        Note(ControlNames.ColourGains, from.ColourGains, to.ColourGains, version);
        Note(ControlNames.FrameRate, from.FrameRate, to.FrameRate, version);
        Note(ControlNames.ScalerCrop, from.ScalerCrop, to.ScalerCrop, version);
    }

    /// <summary>Counts a frame; call once for each.</summary>
    public void Saw(FrameMetadata metadata)
    {
        frames++;
        foreach (var (name, _) in changedIn.Where(change => change.Value <= metadata.ControlsVersion))
        {
            takenInAt.TryAdd(name, frames);
        }
    }

    /// <summary>How far each control that the camera has is in force.</summary>
    public IReadOnlyDictionary<string, ControlCondition> Conditions(
        CameraControls asked, FrameMetadata? actual, CameraCapabilities? capabilities)
    {
        var conditions = new Dictionary<string, ControlCondition>();
        if (capabilities is null)
        {
            return conditions;
        }

        void Add(string name, bool exists, bool? confirmed, bool byFrameRate = false)
        {
            if (exists)
            {
                conditions[name] = Condition(name, confirmed, byFrameRate);
            }
        }

        var exposureTooLong = asked.ExposureTime > actual?.FrameDuration && asked.FrameRate is not null;
        Add(ControlNames.ExposureTime, capabilities.ExposureTime is not null,
            asked.ExposureTime is { } exposure ? Near(exposure.TotalMicroseconds, actual?.ExposureTime?.TotalMicroseconds, 0.02, 40) : null,
            exposureTooLong);
        Add(ControlNames.AnalogueGain, capabilities.AnalogueGain is not null,
            asked.AnalogueGain is { } gain ? Near(gain, actual?.AnalogueGain, 0.04, 0) : null);
        Add(ControlNames.ExposureValue, capabilities.ExposureValue is not null, null);
        Add(ControlNames.AwbMode, capabilities.AwbModes.Count > 0, null);
        Add(ControlNames.ColourGains, capabilities.ColourGains is not null,
            asked.ColourGains is { } gains
                ? Near(gains.Red, actual?.ColourGains?.Red, 0.02, 0.01) && Near(gains.Blue, actual?.ColourGains?.Blue, 0.02, 0.01)
                : null);
        Add(ControlNames.FrameRate, capabilities.FrameRate is not null,
            asked.FrameRate is { } rate ? Near(1 / rate, actual?.FrameDuration?.TotalSeconds, 0.02, 0) : null);
        Add(ControlNames.ScalerCrop, capabilities.ScalerCropMaximum is not null,
            asked.ScalerCrop is { } crop ? Near(crop, actual?.ScalerCrop) : null);
        return conditions;
    }

    // A quantised sensor never shows the exact value: an OV5647 line is about 32 µs, gain steps are 1/16.
    private static bool Near(double asked, double? actual, double relative, double absolute) =>
        actual is { } a && Math.Abs(a - asked) <= Math.Max(absolute, asked * relative);

    private static bool Near(PixelRectangle asked, PixelRectangle? actual) =>
        actual is { } a && Math.Abs(a.X - asked.X) <= 8 && Math.Abs(a.Y - asked.Y) <= 8
        && Math.Abs(a.Width - asked.Width) <= 8 && Math.Abs(a.Height - asked.Height) <= 8;

    private void Note<T>(string name, T from, T to, long version)
    {
        if (!EqualityComparer<T>.Default.Equals(from, to))
        {
            changedIn[name] = version;
            takenInAt.Remove(name);
        }
    }

    /// <param name="name">The control.</param>
    /// <param name="confirmed">Whether the newest frame shows the value; null when no metadata tells (automatic, a mode).</param>
    /// <param name="byFrameRate">Whether the frame rate explains a difference.</param>
    private ControlCondition Condition(string name, bool? confirmed, bool byFrameRate)
    {
        if (changedIn.ContainsKey(name) && !takenInAt.ContainsKey(name))
        {
            return ControlCondition.Pending;
        }

        return confirmed switch
        {
            null or true => ControlCondition.Live,
            false when frames - takenInAt.GetValueOrDefault(name) < PatienceFrames => ControlCondition.Pending,
            false => byFrameRate ? ControlCondition.ClampedByFrameRate : ControlCondition.ClampedByCamera,
        };
    }
}
