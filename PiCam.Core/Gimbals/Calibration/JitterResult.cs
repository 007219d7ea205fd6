namespace PiCam.Core.Gimbals.Calibration;

/// <summary>How restless the picture is with the servo held and let go.</summary>
/// <param name="Verdict">What that means.</param>
/// <param name="Held">Mean difference of neighbouring pictures with pulses, in levels of 255.</param>
/// <param name="Free">The same without pulses.</param>
public sealed record JitterResult(JitterVerdict Verdict, double Held, double Free)
{
    // Levels of 255, of pictures 160 wide: noise of the simulated sensor at ISO 800 makes 1 to 2 of a still scene, a shift by a third
    // of a degree (one step of a PCA9685) about 3 in one with edges.
    private const double Noise = 0.6;
    private const double TooLively = 4;

    /// <summary>Judges two measurements; null: there were too few pictures.</summary>
    public static JitterResult Of(double? held, double? free) => (held, free) switch
    {
        ({ } with, { } without) when with > (1.5 * without) + Noise => new(JitterVerdict.Trembles, with, without),
        ({ } with, { } without) => new(without > TooLively ? JitterVerdict.SceneMoves : JitterVerdict.Steady, with, without),
        _ => new(JitterVerdict.NoPicture, held ?? 0, free ?? 0),
    };
}
