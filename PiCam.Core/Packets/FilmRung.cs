using PiCam.Core.Cameras;
using PiCam.Core.Frames.Sizes;

namespace PiCam.Core.Packets;

/// <summary>One of the ways to encode the live film, for links of about one speed.</summary>
/// <param name="Scale">How much smaller than the camera's own pictures it is.</param>
/// <param name="BitRate">The most that it takes, in bits per second.</param>
/// <param name="Every">1: each picture of the camera; 2: every other one.</param>
public sealed record FilmRung(FrameSize Scale, int BitRate, int Every = 1)
{
    // The largest that the encoder of a Raspberry Pi up to the 4 makes, and level 4 of H.264 allows.
    private const int MostWidth = 1920;
    private const int MostHeight = 1080;

    /// <summary>From the least to the best, each somewhat less than double the one before. The best looks like the camera's own pictures.</summary>
    public static IReadOnlyList<FilmRung> All { get; } =
    [
        new(FrameSize.Half, 250_000, Every: 2),
        new(FrameSize.Half, 500_000),
        new(FrameSize.Half, 900_000),
        new(FrameSize.ThreeQuarters, 1_500_000),
        new(FrameSize.Whole, 2_700_000),
        new(FrameSize.Whole, 6_000_000),
    ];

    /// <summary>Of this film, in whole pairs of pixels, as H.264 wants them.</summary>
    /// <param name="camera">Of the camera's pictures.</param>
    public PixelSize SizeOf(PixelSize camera)
    {
        var scale = Math.Min((double)Scale / (int)FrameSize.Whole, Math.Min((double)MostWidth / camera.Width, (double)MostHeight / camera.Height));
        return new(Even(camera.Width * scale), Even(camera.Height * scale));
    }

    private static int Even(double length) => Math.Max(2, 2 * (int)Math.Round(length / 2));
}
