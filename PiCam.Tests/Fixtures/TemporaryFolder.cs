namespace PiCam.Tests.Fixtures;

/// <summary>A folder of one test's own, removed with everything in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("picam-test-").FullName;

    /// <summary>The full path of a name in this folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
