namespace PiCam.Core.TimeLapses;

/// <summary>Keeps the exposure from jumping between two pictures: a cloud, or a lamp that goes on, must not make the film flicker.</summary>
public static class ExposureSmoothing
{
    /// <summary>The most that the exposure changes from one picture to the next, in stops: at 25 pictures a second too little to be seen.</summary>
    public const double MostStops = 1.0 / 8;

    /// <summary>The exposure of the next picture, in stops.</summary>
    /// <param name="before">Of the picture before; null: this is the first.</param>
    /// <param name="wanted">As automatic exposure would have it.</param>
    public static double Next(double? before, double wanted) => before is { } last ? last + Math.Clamp(wanted - last, -MostStops, MostStops) : wanted;

    /// <summary>How much light a picture gets, in stops above that of one second at gain 1.</summary>
    /// <param name="exposureTime">Above zero.</param>
    /// <param name="gain">Linear, above zero.</param>
    public static double Stops(TimeSpan exposureTime, double gain) => Math.Log2(exposureTime.TotalSeconds * gain);

    /// <summary>Exposure time and gain that give so much light: longer as far as that goes, then more gain.</summary>
    /// <param name="stops">As <see cref="Stops"/> counts them.</param>
    /// <param name="exposureTime">As automatic exposure would have it; the brightness of a moving scene stays as sharp as it makes it.</param>
    /// <param name="longest">The longest exposure time.</param>
    /// <param name="gain">The least and the greatest gain.</param>
    public static (TimeSpan ExposureTime, double Gain) Split(double stops, TimeSpan exposureTime, TimeSpan longest, (double Least, double Most) gain)
    {
        var light = Math.Pow(2, stops);
        var wantedGain = Math.Clamp(light / exposureTime.TotalSeconds, gain.Least, gain.Most);
        var time = TimeSpan.FromSeconds(Math.Min(light / wantedGain, longest.TotalSeconds));
        return (time, Math.Clamp(light / time.TotalSeconds, gain.Least, gain.Most));
    }
}
