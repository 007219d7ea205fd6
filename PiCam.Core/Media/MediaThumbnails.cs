using System.Diagnostics.CodeAnalysis;
using PiCam.Core.Frames;

namespace PiCam.Core.Media;

/// <summary>Small pictures of large ones, kept beside them.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim without its wait handle holds nothing.")]
internal sealed class MediaThumbnails(IMediaFiles files, MediaStorage storage)
{
    private const int Width = 320;

    // A foreign file may claim to be a picture; a camera's largest takes 20 MB.
    private const long LargestPicture = 128 * 1024 * 1024;

    // Decoding fills a core, and the camera needs one, too.
    private readonly SemaphoreSlim turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    public async Task<byte[]?> GetAsync(MediaItem item, CancellationToken cancellationToken)
    {
        if (!MediaFormat.IsPicture(item.Path))
        {
            return null;
        }

        if (await files.LoadThumbnailAsync(item.Id, cancellationToken).ConfigureAwait(false) is { } kept)
        {
            return kept;
        }

        await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await files.LoadThumbnailAsync(item.Id, cancellationToken).ConfigureAwait(false)
                ?? await MakeAsync(item, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turns.Release();
        }
    }

    private async Task<byte[]?> MakeAsync(MediaItem item, CancellationToken cancellationToken)
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

        // Not on a page's own thread.
        var small = await Task.Run(() => JpegThumbnail.Make(jpeg, Width), cancellationToken).ConfigureAwait(false);
        if (small is not null && storage.State.Condition == MediaStorageCondition.Ok)
        {
            try
            {
                await files.SaveThumbnailAsync(item.Id, small, cancellationToken).ConfigureAwait(false);
            }
            catch (MediaStorageException full)
            {
                // It is made anew next time; until then nothing more is tried.
                storage.Report(full.Reason);
            }
        }

        return small;
    }
}
