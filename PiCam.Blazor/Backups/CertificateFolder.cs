using PiCam.Blazor.Data;

namespace PiCam.Blazor.Backups;

/// <summary>The certificates of the data folder, as files of a backup.</summary>
internal static class CertificateFolder
{
    private const int MostFiles = 50;
    private const int MostBytes = 256 * 1024;

    /// <summary>Whether a file there may be called so: never a path, never hidden.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= 100 && name[0] != '.'
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    public static Dictionary<string, byte[]> Read(string folder) => !Directory.Exists(folder) ? [] : new DirectoryInfo(folder).EnumerateFiles()
        .Where(file => IsName(file.Name) && file.LinkTarget is null && file.Length <= MostBytes)
        .OrderBy(file => file.Name, StringComparer.Ordinal)
        .Take(MostFiles)
        .ToDictionary(file => file.Name, file => File.ReadAllBytes(file.FullName));

    public static void Write(string folder, IReadOnlyDictionary<string, byte[]> files)
    {
        if (files.Count == 0)
        {
            return;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var (name, content) in files)
        {
            DataFolder.WritePrivate(Path.Combine(folder, name), content);
        }
    }
}
