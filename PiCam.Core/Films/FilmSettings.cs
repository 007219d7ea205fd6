using PiCam.Core.Cameras;

namespace PiCam.Core.Films;

/// <summary>How a film is made of a run's pictures.</summary>
public sealed record FilmSettings
{
    /// <summary>The slowest film, in pictures a second.</summary>
    public const int Slowest = 1;

    /// <summary>The fastest film, in pictures a second.</summary>
    public const int Fastest = 60;

    /// <summary>The lowest film, in pixels.</summary>
    public const int Lowest = 64;

    /// <summary>The highest film, in pixels; above that hardly any player follows.</summary>
    public const int Highest = 4320;

    /// <summary>Pictures a second, <see cref="Slowest"/> to <see cref="Fastest"/>.</summary>
    public int FramesPerSecond { get; init; } = 25;

    /// <summary>At most this many pixels high, <see cref="Lowest"/> to <see cref="Highest"/>; never larger than the pictures. The usual 1080 plays everywhere.</summary>
    public int Height { get; init; } = 1080;

    /// <summary>Evens out brightness that jumps from picture to picture.</summary>
    public bool Deflicker { get; init; }

    /// <summary>1 to 100; larger is better and takes more room.</summary>
    public int Quality { get; init; } = 75;

    /// <summary>The pictures are deleted, as by hand, once the film was made of all of them and has been verified.</summary>
    public bool RemovesPictures { get; init; }

    /// <summary>What is wrong with them; empty when all is well.</summary>
    public IReadOnlyList<InvalidValue> Check() =>
    [
        .. InvalidValue.CheckWhole("fps", FramesPerSecond, Slowest, Fastest),
        .. InvalidValue.CheckWhole("height", Height, Lowest, Highest),
        .. StillRequest.CheckQuality(Quality),
    ];
}
