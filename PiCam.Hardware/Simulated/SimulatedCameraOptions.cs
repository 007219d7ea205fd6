namespace PiCam.Hardware.Simulated;

/// <summary>How the simulated camera delivers, from the configuration section <c>Camera:Simulated</c>.</summary>
public sealed class SimulatedCameraOptions
{
    /// <summary>Pixels, 64 to 2592.</summary>
    public int Width { get; set; } = 1280;

    /// <summary>Pixels, 64 to 1944.</summary>
    public int Height { get; set; } = 720;

    /// <summary>Chooses the noise: the same seed, clock and controls give the same bytes.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>JPEG quality, 1 to 100.</summary>
    public int Quality { get; set; } = 80;

    /// <summary>In which a lamp of the scene grows bright and dark again, 0 to an hour; zero: there is none.</summary>
    public TimeSpan LampPeriod { get; set; }

    /// <summary>Refuses values outside the ranges given above.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option.</exception>
    internal void Validate()
    {
        Check(Width, 64, Ov5647.Size.Width, nameof(Width));
        Check(Height, 64, Ov5647.Size.Height, nameof(Height));
        Check(Quality, 1, 100, nameof(Quality));
        Check((int)LampPeriod.TotalSeconds, 0, 3600, nameof(LampPeriod));
    }

    private static void Check(int value, int minimum, int maximum, string name)
    {
        if (value < minimum || value > maximum)
        {
            throw new ArgumentOutOfRangeException(name, value, $"Camera:Simulated:{name} must be {minimum} to {maximum}.");
        }
    }
}
