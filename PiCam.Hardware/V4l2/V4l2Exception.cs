using System.Runtime.InteropServices;

namespace PiCam.Hardware.V4l2;

/// <summary>A video device refused a call; the message is one clause without a full stop.</summary>
public sealed class V4l2Exception(string what, int error) : Exception($"{what}: {Marshal.GetPInvokeErrorMessage(error)}")
{
    /// <summary>Whether the device is not there any more.</summary>
    public bool IsGone { get; } = error is V4l2Native.NoDevice or V4l2Native.NoSuchDeviceOrAddress or V4l2Native.NoEntry;
}
