using PiCam.Core.Media;

namespace PiCam.Tests.Core.Media;

/// <summary>The library's files on a disk that has the troubles that a test gives it.</summary>
internal sealed class TroubledFiles(IMediaFiles files) : IMediaFiles
{
    /// <summary>Null: as the disk is.</summary>
    public MediaRoom? Room { get; set; }

    /// <summary>Thrown by every write.</summary>
    public MediaStorageException? Trouble { get; set; }

    /// <summary>Every write waits for its end.</summary>
    public Task Pause { get; set; } = Task.CompletedTask;

    public string Begin(DateTimeOffset takenAt, string extension) => files.Begin(takenAt, extension);

    public async Task WriteAsync(string temporary, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await Pause;
        await (Trouble is null ? files.WriteAsync(temporary, content, cancellationToken) : throw Trouble);
    }

    public Task<long> SealAsync(string temporary, DateTimeOffset takenAt) => files.SealAsync(temporary, takenAt);

    public Task<string> LandAsync(string temporary, string stem) => files.LandAsync(temporary, stem);

    public Task ReplaceAsync(string temporary, string path) => files.ReplaceAsync(temporary, path);

    public string? FullName(string path) => files.FullName(path);

    public void Discard(string temporary) => files.Discard(temporary);

    public int RemoveLeftovers(IReadOnlySet<string> spared) => files.RemoveLeftovers(spared);

    public IEnumerable<MediaFile> Enumerate() => files.Enumerate();

    public bool Exists(string path) => files.Exists(path);

    public Stream? Open(string path) => files.Open(path);

    public void Remove(string path) => files.Remove(path);

    public MediaRoom Look() => Room ?? files.Look();

    public Task<byte[]?> LoadThumbnailAsync(string id, CancellationToken cancellationToken) => files.LoadThumbnailAsync(id, cancellationToken);

    public Task SaveThumbnailAsync(string id, byte[] jpeg, CancellationToken cancellationToken) => files.SaveThumbnailAsync(id, jpeg, cancellationToken);

    public void RemoveThumbnail(string id) => files.RemoveThumbnail(id);
}
