using System.CommandLine;
using PiCam.Blazor.Backups;
using PiCam.Blazor.Data;
using PiCam.Blazor.StartUp;

namespace PiCam.Blazor.CommandLine;

/// <summary><c>backup</c> and <c>restore</c>.</summary>
internal static class BackupCommands
{
    public static Command CreateBackup()
    {
        var file = new Argument<string>("file") { Description = "Where to write it, such as garden.picam; must not exist." };
        var passphrase = CreateOption();
        var command = new Command("backup", "Writes all settings to one file; with a passphrase people, tokens and what else is secret, too. Not pictures and films.")
        {
            file, passphrase,
        };
        command.SetAction((arguments, cancellationToken) => CommandServices.RunAsync(
            async services =>
            {
                var secret = await ReadAsync(arguments.GetValue(passphrase), cancellationToken).ConfigureAwait(false);
                var path = arguments.GetRequiredValue(file);
                if (File.Exists(path))
                {
                    throw new StartUpException($"There is a file {path} already.");
                }

                var made = await services.GetRequiredService<BackupMaker>().MakeAsync(CommandServices.Caller, session: null, secret, cancellationToken).ConfigureAwait(false);
                await OnFileAsync(
                    path,
                    () =>
                    {
                        DataFolder.WritePrivate(path, made.Content);
                        return Task.FromResult(true);
                    }).ConfigureAwait(false);
                Console.WriteLine($"Written to {path}.");
            },
            cancellationToken));
        return command;
    }

    public static Command CreateRestore()
    {
        var file = new Argument<string>("file") { Description = "A file that backup, or the panel, made." };
        var passphrase = CreateOption();
        var command = new Command("restore", "Restores what backup wrote; takes effect when PiCam starts the next time.") { file, passphrase };
        command.SetAction((arguments, cancellationToken) => CommandServices.RunAsync(
            async services =>
            {
                var secret = await ReadAsync(arguments.GetValue(passphrase), cancellationToken).ConfigureAwait(false);
                var path = arguments.GetRequiredValue(file);
                var content = await OnFileAsync(path, () => new FileInfo(path).Length > BackupArchive.MostBytes
                    ? throw new StartUpException(BackupFault.TooLarge.English)
                    : File.ReadAllBytesAsync(path, cancellationToken)).ConfigureAwait(false);
                var restored = await services.GetRequiredService<BackupRestore>()
                    .RestoreAsync(CommandServices.Caller, session: null, content, secret, cancellationToken).ConfigureAwait(false);
                foreach (var camera in restored.NotHere)
                {
                    Console.WriteLine($"Left out, because no such camera is found here: {camera.Field} {camera.To}");
                }

                Console.WriteLine("The backup is in order. It takes effect when PiCam starts the next time; if PiCam runs now, restart it.");
            },
            cancellationToken));
        return command;
    }

    private static Option<bool> CreateOption() => new("--passphrase") { Description = "The first line of standard input is the passphrase." };

    private static async Task<string?> ReadAsync(bool isWanted, CancellationToken cancellationToken) =>
        isWanted ? await PasswordInput.ReadAsync(cancellationToken).ConfigureAwait(false) : null;

    private static async Task<T> OnFileAsync<T>(string path, Func<Task<T>> action)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            throw new StartUpException($"{path} cannot be used: {reason.Message}", reason);
        }
    }
}
