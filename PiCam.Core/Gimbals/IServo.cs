namespace PiCam.Core.Gimbals;

/// <summary>One servo's control line. Only <c>Gimbal</c> talks to it; the shape is that of Iot.Device's ServoMotor.</summary>
public interface IServo
{
    /// <summary>
    /// The width of the pulses that the device sends now, in microseconds, read back from it; null when it sends none or cannot
    /// say. What outlived PiCam is where the servo stands, so motion begins there.
    /// </summary>
    /// <exception cref="IOException">The device did not answer; the message is fit for people.</exception>
    double? ReadPulseWidth();

    /// <summary>Sends pulses of this width, about 50 a second, until told otherwise. Open loop: nobody knows whether the servo gets there.</summary>
    /// <param name="microseconds">500 to 2500.</param>
    /// <exception cref="ArgumentOutOfRangeException">Anything else.</exception>
    /// <exception cref="IOException">The device did not take it; the message is fit for people.</exception>
    void WritePulseWidth(double microseconds);

    /// <summary>Sends no pulses: the servo holds nothing and makes no noise.</summary>
    /// <exception cref="IOException">The device did not take it; the message is fit for people.</exception>
    void Stop();
}
