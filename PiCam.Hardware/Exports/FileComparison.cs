using PiCam.Hardware.Media;

namespace PiCam.Hardware.Exports;

/// <summary>Whether a copy is there already, without reading all of it.</summary>
internal static class FileComparison
{
    // A picture's time is at its beginning, a film's index at its beginning or its end.
    private const int Compared = 1 << 16;

    /// <summary>Whether a file has the same length, beginning and end.</summary>
    public static async Task<bool> IsSameAsync(Stream content, string file, CancellationToken cancellationToken)
    {
        var other = MediaDisk.Open(file);
        if (other is null)
        {
            return false;
        }

        await using (other.ConfigureAwait(false))
        {
            return other.Length == content.Length
                && await IsSameAtAsync(content, other, 0, cancellationToken).ConfigureAwait(false)
                && await IsSameAtAsync(content, other, Math.Max(0, content.Length - Compared), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> IsSameAtAsync(Stream one, Stream other, long position, CancellationToken cancellationToken)
    {
        (one.Position, other.Position) = (position, position);
        var (mine, theirs) = (new byte[Compared], new byte[Compared]);
        var read = await one.ReadAtLeastAsync(mine, Compared, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return read == await other.ReadAtLeastAsync(theirs, Compared, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false)
            && mine.AsSpan(0, read).SequenceEqual(theirs.AsSpan(0, read));
    }
}
