using PiCam.Core.Gimbals;

namespace PiCam.Hardware.Gimbals;

/// <summary>A servo on one channel of a PCA9685. The chip keeps its last pulse when PiCam ends unexpectedly.</summary>
internal sealed class Pca9685Servo(Pca9685 chip, int channel) : IServo
{
    public double? ReadPulseWidth() => chip.ReadPulseWidth(channel);

    public void WritePulseWidth(double microseconds)
    {
        PulseRange.Widest.Demand(microseconds);
        chip.WritePulseWidth(channel, microseconds);
    }

    public void Stop() => chip.Stop(channel);
}
