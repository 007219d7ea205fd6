namespace PiCam.Hardware.Processes;

/// <summary>What to run as a child, and how patient to be with it.</summary>
public sealed record ChildCommand
{
    /// <summary>What people call the program, such as "ffmpeg"; begins the sentences about it.</summary>
    public required string Name { get; init; }

    /// <summary>The program: an absolute path, or a name that is looked up in PATH.</summary>
    public required string Executable { get; init; }

    /// <summary>One element is one argument, byte for byte; no shell sees them.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Texts among the arguments (passwords) that the child may repeat on its standard error; they come out as ***.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>
    /// Sees every line of the child's standard error as it comes, and returns whether it is no message for people, which then
    /// counts in no reason. Called from one thread at a time; must return quickly and not throw.
    /// </summary>
    public Func<string, bool>? TakesLine { get; init; }

    /// <summary>Keeps the child's standard input open for us to write to. Otherwise the child reads end of file at once.</summary>
    public bool WritesInput { get; init; }

    /// <summary>Runs it only with what the others leave of processors and disk: for long work that nobody waits for at the page.</summary>
    public bool InBackground { get; init; }

    /// <summary>How long the child may take until its first <see cref="ChildProcess.Progress"/>.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it may give nothing after that; asked anew at least twice a second, so it may follow the frame time.</summary>
    public Func<TimeSpan> StallLimit { get; init; } = static () => TimeSpan.FromSeconds(3);

    /// <summary>How long it may take to end once it was asked to, before it is killed.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(2);

    private const int LeastBeginning = 4;

    /// <summary>The line with its secrets replaced.</summary>
    internal string WithoutSecrets(string line) =>
        Secrets.Aggregate(line, (text, secret) => WithoutBeginning(text.Replace(secret, "***", StringComparison.Ordinal), secret));

    // A long line is cut, perhaps in the middle of one.
    private static string WithoutBeginning(string line, string secret)
    {
        for (var length = Math.Min(secret.Length - 1, line.Length); length >= LeastBeginning; length--)
        {
            if (line.AsSpan().EndsWith(secret.AsSpan(0, length), StringComparison.Ordinal))
            {
                return line[..^length] + "***";
            }
        }

        return line;
    }
}
