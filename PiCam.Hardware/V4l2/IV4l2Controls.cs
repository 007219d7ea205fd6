namespace PiCam.Hardware.V4l2;

/// <summary>The controls of one video device.</summary>
internal interface IV4l2Controls
{
    /// <summary>Those that the device has and that can be written, by their numbers.</summary>
    IReadOnlyDictionary<V4l2ControlId, V4l2Control> Controls { get; }

    /// <summary>The value in force.</summary>
    /// <exception cref="V4l2Exception">The device refused.</exception>
    int Get(V4l2ControlId id);

    /// <summary>Sets a value, also while ffmpeg streams.</summary>
    /// <exception cref="V4l2Exception">The device refused.</exception>
    void Set(V4l2ControlId id, int value);
}
