using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Stills.Templates;

namespace PiCam.Core.Stills;

/// <summary>What pictures and films of this moment can say of themselves: what the camera is called, how it is set, where it looks.</summary>
public sealed class PictureContext(CameraSession camera, CameraName name, Gimbal gimbal, PresetBook presets, TimeProvider time)
{
    /// <summary>What the camera is called.</summary>
    public CameraName Name => name;

    /// <summary>Where the gimbal stands, in degrees; null: there is none.</summary>
    public PanTilt? Aim => gimbal.Exists ? gimbal.Status.Position : null;

    /// <summary>The id of the preset that the gimbal is at; null: at none.</summary>
    public string? Preset => Aim is { } aim ? presets.At(aim)?.Id : null;

    /// <summary>What people ask of the camera.</summary>
    public CameraControls Asked => camera.State.Asked;

    /// <summary>Null: no camera is live.</summary>
    public CameraCapabilities? Capabilities => camera.State.Capabilities;

    /// <summary>What a stamp would be filled with now.</summary>
    public StampValues Newest => Values(camera.State.Actual ?? new FrameMetadata(), time.GetLocalNow(), Asked);

    /// <summary>What the stamp of a picture that was taken just now is filled with.</summary>
    /// <param name="metadata">Of its frame.</param>
    /// <param name="takenAt">In the zone to be shown.</param>
    /// <param name="controls">What was asked for when it was taken.</param>
    public StampValues Values(FrameMetadata metadata, DateTimeOffset takenAt, CameraControls controls) => StampValues.Of(name.Text, takenAt, metadata, controls, Aim);
}
