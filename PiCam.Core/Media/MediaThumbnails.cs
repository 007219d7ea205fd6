using System.Diagnostics.CodeAnalysis;
using PiCam.Core.Frames;

namespace PiCam.Core.Media;

/// <summary>Small pictures of large ones and of films, kept beside them.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim without its wait handle holds nothing.")]
internal sealed class MediaThumbnails(IMediaFiles files, IFilmFiles films, MediaStorage storage)
{
    private const int Width = 320;

    // A foreign file may claim to be a picture; a camera's largest takes 20 MB.
    private const long LargestPicture = 128 * 1024 * 1024;

    // What a film shows at a third of it: its beginning is often from before anything happened.
    private const int Third = 3;

    // Decoding fills a core, and the camera needs one, too.
    private readonly SemaphoreSlim turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    public Task<byte[]?> GetAsync(MediaItem item, CancellationToken cancellationToken) =>
        KeptAsync(item.Id, () => MediaFormat.IsPicture(item.Path) ? OfPictureAsync(item, cancellationToken) : OfFilmAsync(item, cancellationToken), cancellationToken);

    /// <summary>Of a picture: null.</summary>
    public async Task<byte[]?> StripAsync(MediaItem item, CancellationToken cancellationToken) => MediaFormat.IsPicture(item.Path)
        ? null
        : await KeptAsync(item.Id + IMediaFiles.StripSuffix, () => StripOfAsync(item, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <summary>What a film shows at a time, as large as it is.</summary>
    public async Task<byte[]?> FrameAsync(MediaItem item, TimeSpan at, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return files.FullName(item.Path) is { } film ? await films.FrameAsync(film, at, cancellationToken).ConfigureAwait(false) : null;
        }
        finally
        {
            turns.Release();
        }
    }

    private async Task<byte[]?> KeptAsync(string name, Func<Task<byte[]?>> makeAsync, CancellationToken cancellationToken)
    {
        if (await files.LoadThumbnailAsync(name, cancellationToken).ConfigureAwait(false) is { } kept)
        {
            return kept;
        }

        await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (await files.LoadThumbnailAsync(name, cancellationToken).ConfigureAwait(false) is { } made)
            {
                return made;
            }

            var small = await makeAsync().ConfigureAwait(false);
            await KeepAsync(name, small, cancellationToken).ConfigureAwait(false);
            return small;
        }
        catch (FilmFileException)
        {
            // Without ffmpeg a film has no picture; who plays it is told why.
            return null;
        }
        finally
        {
            turns.Release();
        }
    }

    private async Task KeepAsync(string name, byte[]? small, CancellationToken cancellationToken)
    {
        if (small is null || storage.State.Condition != MediaStorageCondition.Ok)
        {
            return;
        }

        try
        {
            await files.SaveThumbnailAsync(name, small, cancellationToken).ConfigureAwait(false);
        }
        catch (MediaStorageException full)
        {
            // It is made anew next time; until then nothing more is tried.
            storage.Report(full.Reason);
        }
    }

    private async Task<byte[]?> OfPictureAsync(MediaItem item, CancellationToken cancellationToken)
    {
        var stream = files.Open(item.Path);
        if (stream is null)
        {
            return null;
        }

        byte[] jpeg;
        await using (stream.ConfigureAwait(false))
        {
            if (stream.Length > LargestPicture)
            {
                return null;
            }

            jpeg = new byte[stream.Length];
            await stream.ReadExactlyAsync(jpeg, cancellationToken).ConfigureAwait(false);
        }

        return await SmallAsync(jpeg, cancellationToken).ConfigureAwait(false);
    }

    private async Task<byte[]?> OfFilmAsync(MediaItem item, CancellationToken cancellationToken)
    {
        if (files.FullName(item.Path) is not { } film)
        {
            return null;
        }

        // Of one that was cut off there may be the beginning only.
        var jpeg = await films.FrameAsync(film, (item.Duration ?? TimeSpan.Zero) / Third, cancellationToken).ConfigureAwait(false)
            ?? await films.FrameAsync(film, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        return jpeg is null ? null : await SmallAsync(jpeg, cancellationToken).ConfigureAwait(false);
    }

    private async Task<byte[]?> StripOfAsync(MediaItem item, CancellationToken cancellationToken)
    {
        if (files.FullName(item.Path) is not { } film || item.IsDamaged || item.Duration is not { } duration)
        {
            return null;
        }

        var jpegs = new List<byte[]?>();
        for (var i = 0; i < Filmstrip.Count; i++)
        {
            jpegs.Add(await films.FrameAsync(film, duration * i / Filmstrip.Count, cancellationToken).ConfigureAwait(false));
        }

        return await Task.Run(() => Filmstrip.Make(jpegs), cancellationToken).ConfigureAwait(false);
    }

    // Not on a page's own thread.
    private static Task<byte[]?> SmallAsync(byte[] jpeg, CancellationToken cancellationToken) =>
        Task.Run(() => JpegThumbnail.Make(jpeg, Width), cancellationToken);
}
