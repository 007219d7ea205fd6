namespace PiCam.Hardware.Libcamera;

/// <summary>What came from the camera helper is not its protocol; the message is one clause without a full stop.</summary>
internal sealed class HelperProtocolException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The output ended too early; how the helper ended says more.</summary>
    public bool IsEnd { get; init; }
}
