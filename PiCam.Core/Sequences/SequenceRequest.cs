using System.Globalization;
using PiCam.Core.Cameras;
using PiCam.Core.Stills;
using PiCam.Core.Stills.Templates;

namespace PiCam.Core.Sequences;

/// <summary>Which sequence of pictures to take.</summary>
public sealed record SequenceRequest
{
    /// <summary>The most pictures of a burst: half a minute of the live stream, and less than a library takes amiss; what lasts longer is a time-lapse or a film.</summary>
    public const int MostOfBurst = 1000;

    /// <summary>The most pictures of a bracket; with steps of 3 stops that is more than any sensor has.</summary>
    public const int MostOfBracket = 9;

    /// <summary>The most pictures of a focus series.</summary>
    public const int MostOfFocus = 100;

    /// <summary>The smallest and the largest <see cref="Step"/>; a third is often written as 0.3.</summary>
    public const double LeastStep = 0.3;

    /// <inheritdoc cref="LeastStep"/>
    public const double MostStep = 3;

    public SequenceKind Kind { get; init; }

    /// <summary>How many pictures: of a burst 1 to 1000, of a bracket 3, 5, 7 or 9, of a focus series 2 to 100.</summary>
    public int Count { get; init; } = 10;

    /// <summary>Of a burst.</summary>
    public SequenceRate Rate { get; init; }

    /// <summary>Of a bracket, stops from one picture to the next; 0.3 to 3.</summary>
    public double Step { get; init; } = 1;

    /// <summary>Of a focus series, the first picture's, in dioptres; 0 is infinity.</summary>
    public double From { get; init; }

    /// <summary>Of a focus series, the last picture's, in dioptres.</summary>
    public double To { get; init; }

    /// <summary>The pictures' names, a <see cref="NameTemplate"/>; the counter begins at 1. Usually <see cref="UsualName"/>.</summary>
    public string Name { get => field ?? UsualName(Kind); init; }

    /// <summary>Size, quality, self-timer and settling, of the stills; a burst at the stream's rate takes the self-timer of it.</summary>
    public StillSettings Still { get; init; } = new();

    /// <summary>Whether the pictures are frames of the live stream.</summary>
    public bool IsOfStream => Kind == SequenceKind.Burst && Rate == SequenceRate.Stream;

    /// <summary>A burst's pictures are called as in picamera's recipes; the others by what they are.</summary>
    public static string UsualName(SequenceKind kind) => kind switch
    {
        SequenceKind.Bracket => "bracket{counter:03}",
        SequenceKind.Focus => "focus{counter:03}",
        _ => "image{counter:03}",
    };

    /// <summary>What is wrong with it, apart from what only a camera can say; empty when all is well.</summary>
    public IReadOnlyList<InvalidValue> Check()
    {
        var errors = new List<InvalidValue>();
        var (least, most) = Kind switch
        {
            SequenceKind.Bracket => (3, MostOfBracket),
            SequenceKind.Focus => (2, MostOfFocus),
            _ => (1, MostOfBurst),
        };
        if (Kind == SequenceKind.Bracket && !(Count >= least && Count <= most && Count % 2 == 1))
        {
            errors.Add(new("count", Number(Count), Allowed.OneOf("3, 5, 7, 9")));
        }
        else if (Count < least || Count > most)
        {
            errors.Add(new("count", Number(Count), Allowed.WholeRange(Number(least), Number(most))));
        }

        if (Kind == SequenceKind.Bracket && !(Step is >= LeastStep and <= MostStep))
        {
            errors.Add(new("step", Number(Step), Allowed.Range(Number(LeastStep), Number(MostStep))));
        }

        if (Kind == SequenceKind.Focus)
        {
            errors.AddRange(new[] { ("from", From), ("to", To) }.Where(end => !double.IsFinite(end.Item2))
                .Select(end => new InvalidValue(end.Item1, Number(end.Item2), Allowed.AnyNumber)));
        }

        errors.AddRange(NameTemplate.Check(Name, "name"));
        errors.AddRange(Still.Check());
        return errors;
    }

    /// <summary>What this camera cannot do of it; empty when all is well.</summary>
    /// <exception cref="SequenceRefusedException">It can do nothing of it.</exception>
    public IReadOnlyList<InvalidValue> Check(CameraCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(capabilities);
        switch (Kind)
        {
            case SequenceKind.Bracket when capabilities.ExposureTime is null:
                throw new SequenceRefusedException(SequenceFault.ExposureFixed);
            case SequenceKind.Focus when capabilities.LensPosition is null:
                throw new SequenceRefusedException(SequenceFault.LensFixed);
            case SequenceKind.Focus:
                var range = capabilities.LensPosition;
                return [.. new[] { ("from", From), ("to", To) }.Where(end => !range.Contains(end.Item2)).Select(end =>
                    new InvalidValue(end.Item1, Number(end.Item2), Allowed.Range(Number(range.Minimum), Number(range.Maximum))))];
            default:
                return [];
        }
    }

    private static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
