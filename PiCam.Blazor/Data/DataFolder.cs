using PiCam.Blazor.StartUp;

namespace PiCam.Blazor.Data;

/// <summary>The folder that holds all that PiCam keeps (<c>PICAM_DATA</c>): 0700, and the files in it 0600.</summary>
public sealed class DataFolder
{
    /// <summary>The configuration key, which is also the environment variable.</summary>
    public const string Key = "PICAM_DATA";

    private const UnixFileMode PrivateFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // What a fresh file system or a start that was cut short may have left in a folder that is ours all the same.
    private static readonly string[] Harmless = ["lost+found", "picam.lock", "keys", "certs"];

    /// <param name="configuration">Its <c>PICAM_DATA</c> wins over the default, <c>~/.local/share/picam</c>.</param>
    /// <exception cref="StartUpException">There is neither.</exception>
    public DataFolder(IConfiguration configuration)
    {
        var configured = configuration[Key];
        if (string.IsNullOrWhiteSpace(configured))
        {
            var home = Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            if (home.Length == 0)
            {
                throw new StartUpException($"There is no home folder to keep data in: set {Key} to a folder.");
            }

            configured = System.IO.Path.Combine(home, "picam");
        }

        Path = System.IO.Path.GetFullPath(configured);
    }

    /// <summary>Where programs that are not the panel find out which folder is the panel's.</summary>
    /// <param name="args">The panel's.</param>
    public static ConfigurationManager ConfigurationOf(params string[] args)
    {
        var configuration = new ConfigurationManager();
        configuration.AddJsonFile(System.IO.Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true);
        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine(args);
        return configuration;
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    public string Database => System.IO.Path.Combine(Path, "picam.db");

    /// <summary>The Data Protection keys.</summary>
    public string Keys => System.IO.Path.Combine(Path, "keys");

    /// <summary>The local certificate authority and the panel's certificate, with their private keys.</summary>
    public string Certificates => System.IO.Path.Combine(Path, "certs");

    /// <summary>Pictures and films; made when the first one is kept.</summary>
    public string Media => System.IO.Path.Combine(Path, "media");

    public string SetupCode => System.IO.Path.Combine(Path, "setup-code");

    /// <summary>The owner's configuration file.</summary>
    public string Settings => System.IO.Path.Combine(Path, "panel.json");

    /// <summary>A backup that is to be restored before the next start.</summary>
    public string Restore => System.IO.Path.Combine(Path, "restore.json");

    private string LockFile => System.IO.Path.Combine(Path, "picam.lock");

    /// <summary>Creates the folder, or takes others' access to it away.</summary>
    /// <exception cref="StartUpException">It cannot be written, or it is a folder of something else.</exception>
    public void Prepare()
    {
        try
        {
            if (Directory.Exists(Path))
            {
                Tighten();
            }
            else
            {
                Directory.CreateDirectory(Path, PrivateFolder);
            }

            Directory.CreateDirectory(Keys, PrivateFolder);
            Directory.CreateDirectory(Certificates, PrivateFolder);
            CreatePrivate(LockFile);

            // SQLite gives picam.db-wal and picam.db-shm the mode of picam.db.
            CreatePrivate(Database);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(exception);
        }
    }

    /// <summary>Waits until no other PiCam process prepares the database of this folder.</summary>
    /// <exception cref="StartUpException">Another process held it for 30 s.</exception>
    public async Task<IDisposable> LockAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (time.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new StartUpException($"Another PiCam process holds {LockFile}.", exception);
            }
        }
    }

    /// <summary>Replaces a small text file in one step; nobody else may read it.</summary>
    public static void WritePrivate(string file, string text) => WritePrivate(file, System.Text.Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="WritePrivate(string, string)"/>
    public static void WritePrivate(string file, byte[] content)
    {
        var temporary = file + ".new";
        File.Delete(temporary);
        using (var stream = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = PrivateFile,
        }))
        {
            stream.Write(content);

            // Or a power cut could leave the new name on nothing.
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, file, overwrite: true);
    }

    private static void CreatePrivate(string file)
    {
        using (new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = PrivateFile,
        }))
        {
        }
    }

    private StartUpException Unwritable(Exception reason) =>
        new($"The data folder {Path} cannot be used: {reason.Message.TrimEnd('.')}. Set {Key} to a folder that PiCam may write.", reason);

    private void Tighten()
    {
        var mode = File.GetUnixFileMode(Path);
        if ((mode & ~PrivateFolder) != 0)
        {
            // PICAM_DATA=/tmp must not lock everybody else out of /tmp.
            if (!File.Exists(Database) && Directory.EnumerateFileSystemEntries(Path)
                .Any(entry => !Harmless.Contains(System.IO.Path.GetFileName(entry), StringComparer.Ordinal)))
            {
                throw new StartUpException(
                    $"The data folder {Path} is open to other users and holds files that are not PiCam's. Set {Key} to an empty folder.");
            }

            File.SetUnixFileMode(Path, PrivateFolder);
        }

        var files = Directory.EnumerateFiles(Path, "picam.*")
            .Concat(Directory.EnumerateFiles(Path, "setup-code*"))
            .Concat(Directory.EnumerateFiles(Path, "panel.json*"))
            .Concat(Directory.EnumerateFiles(Path, "restore.json*"))
            .Concat(Directory.Exists(Keys) ? Directory.EnumerateFiles(Keys) : [])
            .Concat(Directory.Exists(Certificates) ? Directory.EnumerateFiles(Certificates) : []);
        if (Directory.Exists(Certificates))
        {
            File.SetUnixFileMode(Certificates, PrivateFolder);
        }

        foreach (var file in files)
        {
            if ((File.GetUnixFileMode(file) & ~PrivateFile) != 0)
            {
                File.SetUnixFileMode(file, PrivateFile);
            }
        }
    }
}
