using System.Globalization;
using System.Text.RegularExpressions;
using PiCam.Core.Cameras;
using PiCam.Core.Stills;

namespace PiCam.Blazor.Api;

/// <summary>How a picture is to be taken, as a request's body says it: size, quality, selfTimer and warmUp, each of which may be absent.</summary>
internal static partial class StillFields
{
    public const string Size = "size";
    public const string Quality = "quality";
    public const string SelfTimer = "selfTimer";
    public const string WarmUp = "warmUp";

    /// <summary>Complains about what cannot be used.</summary>
    public static StillSettings Read(JsonFields fields) => new()
    {
        Size = SizeOf(fields),
        Quality = fields.Number(Quality) is { } quality ? Whole(fields, quality) : StillRequest.UsualQuality,
        SelfTimer = Seconds(fields, SelfTimer),
        WarmUp = Seconds(fields, WarmUp),
    };

    private static PixelSize? SizeOf(JsonFields fields)
    {
        if (fields.Text(Size) is not { } text)
        {
            return null;
        }

        if (Pixels().Match(text) is { Success: true } match)
        {
            return new PixelSize(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
        }

        fields.Complain(Size, "a width and a height in pixels, such as \"1920x1080\"");
        return null;
    }

    private static int Whole(JsonFields fields, double number)
    {
        if (number >= 1 && number <= 100 && number == Math.Floor(number))
        {
            return (int)number;
        }

        fields.Complain(Quality, "1 to 100, whole");
        return StillRequest.UsualQuality;
    }

    private static TimeSpan Seconds(JsonFields fields, string name)
    {
        if (fields.Number(name) is not { } seconds)
        {
            return TimeSpan.Zero;
        }

        if (seconds is >= 0 and <= 60)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        fields.Complain(name, "0 to 60 seconds");
        return TimeSpan.Zero;
    }

    [GeneratedRegex(@"\A([1-9][0-9]{0,4})[x×]([1-9][0-9]{0,4})\z")]
    private static partial Regex Pixels();
}
