using PiCam.Core.Cameras.Controls;
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
        foreach (var control in ControlTable.All.Where(control => !control.Same(from, to)))
        {
            changedIn[control.Name] = version;
            takenInAt.Remove(control.Name);
        }
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

        var exposureTooLong = asked.ExposureTime > actual?.FrameDuration && asked.FrameRate is not null;
        foreach (var control in ControlTable.All.Where(control => control.ExistsOn(capabilities)))
        {
            conditions[control.Name] = Condition(
                control.Name, control.Confirmed(asked, actual), control.Name == ControlNames.ExposureTime && exposureTooLong);
        }

        return conditions;
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
