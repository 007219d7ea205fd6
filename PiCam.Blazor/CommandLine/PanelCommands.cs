using System.CommandLine;
using PiCam.Blazor.StartUp;

namespace PiCam.Blazor.CommandLine;

/// <summary>The commands for people, tokens, HTTPS and backups; without a command the program is the panel.</summary>
internal static class PanelCommands
{
    private static readonly string[] Help = ["--help", "-h", "-?", "--version"];

    /// <summary>Whether <paramref name="args"/> are a command rather than configuration for the panel, such as <c>--urls …</c>.</summary>
    public static bool Wants(string[] args) =>
        args.Length > 0 && (!args[0].StartsWith('-') || args.Intersect(Help, StringComparer.Ordinal).Any());

    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand(
            "PiCam, a camera panel. Without a command it runs the panel; --urls http://0.0.0.0:8081 and settings such as "
            + "--Camera:Source=simulated configure it. The environment variable PICAM_DATA names the data folder.");
        root.Subcommands.Add(UserCommands.Create());
        root.Subcommands.Add(TokenCommands.Create());
        root.Subcommands.Add(HttpsCommands.Create());
        root.Subcommands.Add(BackupCommands.CreateBackup());
        root.Subcommands.Add(BackupCommands.CreateRestore());
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
        try
        {
            return await root.Parse(args).InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (Exception exception) when (Explain(exception) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence).ConfigureAwait(false);
            return 1;
        }
    }

    private static string? Explain(Exception exception) => exception is Core.ReasonException or Core.InvalidValueException or Backups.BackupRefusedException or Core.Settings.SettingNotStoredException
        ? exception.Message
        : StartUpFailure.Explain(exception) is { } reasons ? string.Join(Environment.NewLine, reasons) : null;
}
