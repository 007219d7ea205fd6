using PiCam.Core.Cameras;
using PiCam.Core.Frames;

namespace PiCam.Core.Sequences;

/// <summary>Works out what each picture of a bracket or of a focus series is taken with.</summary>
public static class SequenceSteps
{
    /// <summary>
    /// A bracket around the exposure in force, from dark to bright. The shutter makes the difference, and gain only where the
    /// shutter is at its end, because gain adds noise; white balance stays at what it is, so that the pictures fit together.
    /// </summary>
    /// <param name="count">How many pictures; odd.</param>
    /// <param name="stops">From one to the next.</param>
    /// <param name="asked">What people asked of the camera.</param>
    /// <param name="actual">What the newest frame says of it.</param>
    /// <param name="capabilities">The camera's ranges.</param>
    /// <exception cref="SequenceRefusedException">The exposure cannot be set, or nobody knows it.</exception>
    public static IReadOnlyList<SequenceStep> Bracket(
        int count, double stops, CameraControls asked, FrameMetadata actual, CameraCapabilities capabilities)
    {
        var present = Present(asked, actual, capabilities);
        var times = capabilities.ExposureTime ?? throw new SequenceRefusedException(SequenceFault.ExposureFixed);
        var time = present.ExposureTime ?? throw new SequenceRefusedException(SequenceFault.ExposureUnknown);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                var step = (i - (count / 2)) * stops;
                var wanted = time.TotalSeconds * Math.Pow(2, step);
                var reached = times.Clamp(wanted < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(wanted) : TimeSpan.MaxValue);
                var gain = present.AnalogueGain is { } now ? capabilities.AnalogueGain!.Clamp(now * wanted / reached.TotalSeconds) : (double?)null;
                return new SequenceStep
                {
                    Stops = step,
                    ReachedStops = Math.Log2(reached / time * ((gain / present.AnalogueGain) ?? 1)),
                    Loan = present with { ExposureTime = reached, AnalogueGain = gain },
                };
            }),
        ];
    }

    /// <summary>A focus series, evenly spaced in dioptres; exposure and white balance stay at what they are, where the camera says so.</summary>
    /// <param name="count">How many pictures, at least 2.</param>
    /// <param name="from">Dioptres of the first.</param>
    /// <param name="to">Dioptres of the last.</param>
    /// <param name="asked">What people asked of the camera.</param>
    /// <param name="actual">What the newest frame says of it.</param>
    /// <param name="capabilities">The camera's ranges.</param>
    public static IReadOnlyList<SequenceStep> Focus(
        int count, double from, double to, CameraControls asked, FrameMetadata actual, CameraCapabilities capabilities)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        var present = Present(asked, actual, capabilities);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                var dioptres = from + ((to - from) * i / (count - 1));
                return new SequenceStep { LensPosition = dioptres, Loan = present with { LensPosition = dioptres } };
            }),
        ];
    }

    /// <summary>By how many stops a picture is brighter than the exposure that was in force; null: it does not say.</summary>
    public static double? Stops(FrameMetadata before, FrameMetadata picture)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(picture);
        return before.ExposureTime is { } was && picture.ExposureTime is { } time && was > TimeSpan.Zero && time > TimeSpan.Zero
            ? Math.Log2(time / was * ((picture.AnalogueGain / before.AnalogueGain) ?? 1))
            : null;
    }

    /// <summary>The exposure and white balance in force, as far as the camera says and can hold them.</summary>
    private static StillLoan Present(CameraControls asked, FrameMetadata actual, CameraCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(capabilities);
        var time = (actual.ExposureTime ?? asked.ExposureTime) is { } t && t > TimeSpan.Zero ? t : (TimeSpan?)null;
        var gain = (actual.AnalogueGain ?? asked.AnalogueGain) is { } g and > 0 ? g : (double?)null;
        var isBalanced = asked.ColourGains is null && asked.ColourTemperature is null && actual.ColourGains is { } gains
            && capabilities.ColourGains is { } range && range.Contains(gains.Red) && range.Contains(gains.Blue);
        return new StillLoan
        {
            ExposureTime = time is { } known ? capabilities.ExposureTime?.Clamp(known) : null,
            AnalogueGain = gain is { } linear ? capabilities.AnalogueGain?.Clamp(linear) : null,
            ColourGains = isBalanced ? actual.ColourGains : null,
        };
    }
}
