namespace PiCam.Tests.Fixtures;

/// <summary>A folder of one test's own, removed with everything in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("picam-test-").FullName;

    /// <param name="parent">Where it lies, instead of where the system keeps such folders.</param>
    public TemporaryFolder(string parent) => Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, "picam-test-" + Guid.NewGuid().ToString("N"))).FullName;

    public string Path { get; }

    /// <summary>The full path of a name in this folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Puts a program of these bash lines in this folder.</summary>
    /// <returns>Its full path.</returns>
    public string Script(string name, string lines)
    {
        File.WriteAllText(this[name], $"#!/bin/bash\n{lines}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(this[name], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
