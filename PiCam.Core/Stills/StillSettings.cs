using PiCam.Core.Cameras;

namespace PiCam.Core.Stills;

/// <summary>How pictures are taken by the button; shared by everybody, kept across restarts.</summary>
public sealed record StillSettings
{
    /// <summary>Pictures are called by their time.</summary>
    public const string UsualNameTemplate = "{time:yyyy-MM-dd HH.mm.ss}";

    /// <summary>The longest <see cref="SelfTimer"/>.</summary>
    public static readonly TimeSpan LongestSelfTimer = TimeSpan.FromSeconds(60);

    /// <summary>At most this large; null: as large as the camera can.</summary>
    public PixelSize? Size { get; init; }

    /// <summary>JPEG quality, 1 to 100.</summary>
    public int Quality { get; init; } = StillRequest.UsualQuality;

    /// <summary>Between the button and the picture; 0 to 60 s.</summary>
    public TimeSpan SelfTimer { get; init; }

    /// <summary>How long automatic exposure may take to settle; 0 to 60 s, zero: it is not waited for.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>What pictures are called that nobody names: a <see cref="Templates.NameTemplate"/>. Its counter goes on after a restart.</summary>
    public string NameTemplate { get; init; } = UsualNameTemplate;

    /// <inheritdoc cref="PictureWishes.Stamp"/>
    public bool? Stamp { get; init; }

    /// <inheritdoc cref="PictureWishes.Description"/>
    public string? Description { get; init; }

    /// <summary>What to ask of a camera; the settings may be those of another one, so as near as this one comes.</summary>
    /// <param name="capabilities">The camera's; null: nobody knows.</param>
    public StillRequest For(CameraCapabilities? capabilities) =>
        new(StillRequest.Within(Size, capabilities), Quality) { WarmUp = WarmUp > TimeSpan.Zero ? WarmUp : null };

    /// <summary>What is wrong with them, apart from what only a camera can say; empty when all is well.</summary>
    public IReadOnlyList<InvalidValue> Check()
    {
        var errors = new List<InvalidValue>();
        if (Size is { } size && (size.Width < 1 || size.Height < 1))
        {
            errors.Add(new("size", $"{size}", new Reason("1×1 or larger", "allowed.sizeAbove", "1×1")));
        }

        errors.AddRange(StillRequest.CheckQuality(Quality));
        errors.AddRange(StillRequest.CheckWait("selfTimer", SelfTimer, LongestSelfTimer));
        errors.AddRange(StillRequest.CheckWait("warmUp", WarmUp, StillRequest.LongestWarmUp));
        errors.AddRange(Templates.NameTemplate.Check(NameTemplate ?? ""));
        if (Description is { Length: 0 or > ExifFields.LongestDescription })
        {
            errors.Add(new("description", $"{Description.Length} characters", Allowed.Text($"{ExifFields.LongestDescription}")));
        }

        return errors;
    }
}
