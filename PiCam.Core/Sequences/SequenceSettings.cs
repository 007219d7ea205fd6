namespace PiCam.Core.Sequences;

/// <summary>Which sequence the button takes; shared by everybody, kept across restarts.</summary>
public sealed record SequenceSettings
{
    /// <summary>Of the three that follow, the one that the button takes.</summary>
    public SequenceKind Kind { get; init; }

    public SequenceRequest Burst { get; init; } = new();

    public SequenceRequest Bracket { get; init; } = new() { Kind = SequenceKind.Bracket, Count = 3 };

    /// <summary>From infinity to 20 cm, where most lenses that move can go to.</summary>
    public SequenceRequest Focus { get; init; } = new() { Kind = SequenceKind.Focus, Count = 5, To = 5 };

    /// <summary>What the button takes.</summary>
    public SequenceRequest Chosen => Kind switch
    {
        SequenceKind.Bracket => Bracket,
        SequenceKind.Focus => Focus,
        _ => Burst,
    };

    /// <summary>The same, but for what the button takes.</summary>
    /// <param name="request">Of any kind, which becomes the chosen one.</param>
    public SequenceSettings Choose(SequenceRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var chosen = this with { Kind = request.Kind };
        return request.Kind switch
        {
            SequenceKind.Bracket => chosen with { Bracket = request },
            SequenceKind.Focus => chosen with { Focus = request },
            _ => chosen with { Burst = request },
        };
    }

    /// <summary>What is wrong with them, apart from what only a camera can say; empty when all is well.</summary>
    public IReadOnlyList<InvalidValue> Check() => [.. Burst.Check(), .. Bracket.Check(), .. Focus.Check()];
}
