namespace PiCam.Hardware.V4l2;

/// <summary>The controls that PiCam uses, with their numbers in <c>linux/v4l2-controls.h</c>.</summary>
internal enum V4l2ControlId : uint
{
    // V4L2_CID_BASE is 0x0098_0900.
    Brightness = 0x0098_0900,
    Contrast = 0x0098_0901,
    Saturation = 0x0098_0902,
    AutoWhiteBalance = 0x0098_090C,
    AutoGain = 0x0098_0912,
    Gain = 0x0098_0913,
    HorizontalFlip = 0x0098_0914,
    VerticalFlip = 0x0098_0915,
    PowerLineFrequency = 0x0098_0918,
    WhiteBalanceTemperature = 0x0098_091A,
    Sharpness = 0x0098_091B,

    // V4L2_CID_CAMERA_CLASS_BASE is 0x009A_0900.
    ExposureAuto = 0x009A_0901,

    /// <summary>In units of 100 µs.</summary>
    ExposureAbsolute = 0x009A_0902,
}
