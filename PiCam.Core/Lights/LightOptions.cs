namespace PiCam.Core.Lights;

/// <summary>Which lights there are and when the lamp comes on, from the configuration section <c>Lights</c>.</summary>
public sealed class LightOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Lights";

    /// <summary>The camera LED's GPIO, 0 to 27; null: there is none.</summary>
    public int? LedPin { get; set; }

    /// <summary>The LED is lit at 0 V.</summary>
    public bool LedActiveLow { get; set; }

    /// <summary>The GPIO that switches the infrared lamp, 0 to 27; null: there is none.</summary>
    public int? LampPin { get; set; }

    /// <summary>The lamp is lit at 0 V.</summary>
    public bool LampActiveLow { get; set; }

    /// <summary>On auto the lamp comes on below so many lux, as the camera estimates them.</summary>
    public double LampOnBelow { get; set; } = 10;

    /// <summary>On auto the lamp goes off above so many lux, its own light not counted.</summary>
    public double LampOffAbove { get; set; } = 30;
}
