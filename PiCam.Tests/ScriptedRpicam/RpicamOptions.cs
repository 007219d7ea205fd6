namespace PiCam.ScriptedRpicam;

/// <summary>
/// The options of rpicam-vid and rpicam-still, as strictly as boost::program_options takes them (rpicam-apps, core/options.cpp,
/// core/video_options.hpp and core/still_options.hpp): an unknown one, a missing value or one that is no number ends the program.
/// </summary>
internal sealed class RpicamOptions
{
    private static readonly string[] Flags = ["list-cameras", "verbose", "nopreview", "flush", "hflip", "vflip", "immediate"];

    private static readonly string[] Numbers =
    [
        "camera", "width", "height", "timeout", "quality", "shutter", "gain", "ev", "brightness", "contrast", "saturation", "sharpness",
        "framerate", "lens-position", "flicker-period",
    ];

    private static readonly Dictionary<string, string[]> Choices = new()
    {
        ["encoding"] = ["jpg", "png", "bmp", "rgb", "yuv420"],
        ["metadata-format"] = ["json", "txt"],
        ["codec"] = ["h264", "mjpeg", "yuv420"],
        ["exposure"] = ["normal", "sport", "short", "long", "custom"],
        ["metering"] = ["centre", "spot", "average", "matrix", "custom"],
        ["awb"] = ["auto", "normal", "incandescent", "tungsten", "fluorescent", "indoor", "daylight", "cloudy", "custom"],
        ["denoise"] = ["auto", "off", "cdn_off", "cdn_fast", "cdn_hq"],
        ["autofocus-mode"] = ["default", "manual", "auto", "continuous"],
        ["autofocus-range"] = ["normal", "macro", "full"],
        ["hdr"] = ["off", "auto", "sensor", "single-exp"],
    };

    private static readonly string[] Texts = ["output", "info-text", "mode", "awbgains", "roi", "thumb", "metadata"];

    // What an old program (1.1, of 2022) does not have yet.
    private static readonly string[] New = ["flicker-period", "metadata", "metadata-format"];

    private static readonly string[] OnlyVideo = ["codec"];

    private static readonly string[] OnlyStill = ["encoding", "thumb", "immediate"];

    private readonly Dictionary<string, string> values = [];

    private RpicamOptions()
    {
    }

    public string this[string name] => values.GetValueOrDefault(name, "");

    /// <exception cref="FormatException">The message is the program's own.</exception>
    public static RpicamOptions Parse(string[] args, bool old, bool still)
    {
        var options = new RpicamOptions();
        foreach (var argument in args)
        {
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                throw new FormatException("too many positional options have been specified on the command line");
            }

            var at = argument.IndexOf('=', StringComparison.Ordinal);
            var name = at < 0 ? argument[2..] : argument[2..at];
            var value = at < 0 ? null : argument[(at + 1)..];
            var isKnown = Flags.Contains(name) || Numbers.Contains(name) || Texts.Contains(name) || Choices.ContainsKey(name);
            if (!isKnown || (old && New.Contains(name)) || (still ? OnlyVideo : OnlyStill).Contains(name))
            {
                throw new FormatException($"unrecognised option '{argument}'");
            }

            if (value is null && !Flags.Contains(name))
            {
                throw new FormatException($"the required argument for option '--{name}' is missing");
            }

            if ((Numbers.Contains(name) && !double.TryParse(value, null, out _)) || (Choices.TryGetValue(name, out var choices) && !choices.Contains(value)))
            {
                throw new FormatException($"the argument ('{value}') for option '--{name}' is invalid");
            }

            if (!options.values.TryAdd(name, value ?? "1"))
            {
                throw new FormatException($"option '--{name}' cannot be specified more than once");
            }
        }

        return options;
    }

    public bool Has(string name) => values.ContainsKey(name);

    public double Number(string name, double usual) => values.TryGetValue(name, out var text) ? double.Parse(text, null) : usual;
}
