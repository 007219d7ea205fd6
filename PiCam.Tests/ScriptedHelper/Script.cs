namespace PiCam.ScriptedHelper;

/// <summary>What the fake helper is to do besides being a camera; from its arguments.</summary>
internal sealed record Script
{
    public string Sensor { get; init; } = "ov5647";

    /// <summary>An error of the protocol, instead of a hello.</summary>
    public string? Error { get; init; }

    /// <summary>Something bad (see Program) that happens once so many frames have gone out.</summary>
    public string? Trouble { get; init; }

    public int After { get; init; } = 5;

    /// <summary>Writes on standard error all the time, as a library that was told to be talkative.</summary>
    public bool Chatters { get; init; }

    /// <summary>The JPEG that every frame is; without it one of ten bytes.</summary>
    public string? Picture { get; init; }

    /// <summary>The JPEG of the second stream; null: it has none.</summary>
    public string? Half { get; init; }

    /// <summary>What becomes of a still: "fail", "never" (frames go on), "hang" (nothing goes on), "lost", "broken"; null: a picture.</summary>
    public string? Still { get; init; }

    /// <summary>How long a still takes, in ms; no frame comes meanwhile.</summary>
    public int StillTime { get; init; }

    /// <summary>A file for each line that comes in.</summary>
    public string? Log { get; init; }

    public static Script Parse(string[] args)
    {
        var script = new Script();
        for (var i = 0; i < args.Length; i++)
        {
            script = args[i] switch
            {
                "--sensor" => script with { Sensor = args[++i] },
                "--error" => script with { Error = args[++i] },
                "--trouble" => script with { Trouble = args[++i] },
                "--after" => script with { After = int.Parse(args[++i], null) },
                "--chatter" => script with { Chatters = true },
                "--picture" => script with { Picture = args[++i] },
                "--half" => script with { Half = args[++i] },
                "--still" => script with { Still = args[++i] },
                "--still-time" => script with { StillTime = int.Parse(args[++i], null) },
                "--log" => script with { Log = args[++i] },
                "--camera" => Skip(script, ++i),
                _ => throw new ArgumentException(args[i]),
            };
        }

        return script;
    }

    private static Script Skip(Script script, int index) => index >= 0 ? script : script;
}
