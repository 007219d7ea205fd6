namespace PiCam.Core.Cameras.Controls;

/// <summary>A control that is on or off; off is the default.</summary>
public sealed class ToggleControl(
    string name, Func<CameraControls, bool> get, Func<CameraControls, bool, CameraControls> set)
    : CameraControl(name)
{
    /// <summary>On or off.</summary>
    public bool Get(CameraControls controls) => get(controls);

    /// <summary>The state with it on or off.</summary>
    public CameraControls With(CameraControls controls, bool on) => set(controls, on);

    /// <summary>Always: what the camera cannot do, the page does.</summary>
    public override bool ExistsOn(CameraCapabilities capabilities) => true;

    /// <inheritdoc/>
    public override IEnumerable<InvalidValue> Check(CameraControls controls, CameraCapabilities capabilities) => [];

    /// <inheritdoc/>
    public override CameraControls Fit(CameraControls controls, CameraCapabilities capabilities) => controls;

    /// <inheritdoc/>
    public override bool Same(CameraControls a, CameraControls b) => get(a) == get(b);
}
