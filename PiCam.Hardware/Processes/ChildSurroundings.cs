namespace PiCam.Hardware.Processes;

/// <summary>The programs that give a child what <see cref="System.Diagnostics.Process"/> cannot. Each replaces itself by the next, so the process stays the one that was started.</summary>
internal static class ChildSurroundings
{
    /// <summary>What stands before the child's own program.</summary>
    /// <param name="command">The child.</param>
    /// <param name="setpriv">Null: it is not installed.</param>
    public static IReadOnlyList<string> For(ChildCommand command, string? setpriv) =>
    [
        // Process cannot set PR_SET_PDEATHSIG itself. Without it the child outlives a killed PiCam: .NET hands down an
        // ignored SIGPIPE, so a child that never looks at its writes would go on for ever.
        .. setpriv is null ? [] : (string[])[setpriv, "--pdeathsig", "KILL", "--"],
        .. command.InBackground ? Background() : [],
    ];

    // Where they are missing it runs as all do.
    private static string[] Background() =>
    [
        .. SearchPath.Find("nice") is { } nice ? (string[])[nice, "-n", "19"] : [],
        .. SearchPath.Find("ionice") is { } ionice ? (string[])[ionice, "-c", "3", "-t"] : [],
    ];
}
