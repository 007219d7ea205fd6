namespace PiCam.Core.Cameras.Controls;

/// <summary>
/// One control: where its value lives in <see cref="CameraControls"/>, what limits it, and how a frame confirms it. Rules,
/// confirmation and the HTTP API go through <see cref="ControlTable.All"/>, so a new control is one line there.
/// </summary>
/// <param name="name">One of <see cref="ControlNames"/>.</param>
public abstract class CameraControl(string name)
{
    /// <summary>One of <see cref="ControlNames"/>.</summary>
    public string Name => name;

    /// <summary>Whether the camera has it.</summary>
    public abstract bool ExistsOn(CameraCapabilities capabilities);

    /// <summary>What is wrong with the value; nothing when the camera can take it. A default is never wrong.</summary>
    public abstract IEnumerable<InvalidValue> Check(CameraControls controls, CameraCapabilities capabilities);

    /// <summary>The same state with this control's value brought to the nearest that the camera takes.</summary>
    public abstract CameraControls Fit(CameraControls controls, CameraCapabilities capabilities);

    /// <summary>Whether two states agree in this control.</summary>
    public abstract bool Same(CameraControls a, CameraControls b);

    /// <summary>Whether the frame shows what was asked; null when no metadata tells (automatic, a mode).</summary>
    public virtual bool? Confirmed(CameraControls asked, Frames.FrameMetadata? actual) => null;
}
