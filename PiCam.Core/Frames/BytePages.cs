namespace PiCam.Core.Frames;

/// <summary>
/// Bytes, first in first out, in pages that are used again: what waits in it for seconds makes no garbage that only a full collection
/// finds. Not thread safe.
/// </summary>
internal sealed class BytePages
{
    private const int PageBytes = 256 * 1024;

    private readonly List<byte[]> pages = [];
    private byte[]? spare;
    private int start;

    /// <summary>How many there are.</summary>
    public long Length { get; private set; }

    /// <summary>Adds some at the end.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var (page, offset) = At(Length);
            if (page == pages.Count)
            {
                pages.Add(spare ?? GC.AllocateUninitializedArray<byte>(PageBytes));
                spare = null;
            }

            var taken = Math.Min(bytes.Length, PageBytes - offset);
            bytes[..taken].CopyTo(pages[page].AsSpan(offset));
            bytes = bytes[taken..];
            Length += taken;
        }
    }

    /// <summary>Copies some, which stay.</summary>
    /// <param name="from">The first, counted from the oldest; with the length of <paramref name="into"/> not beyond <see cref="Length"/>.</param>
    /// <param name="into">Where to.</param>
    public void Read(long from, Span<byte> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from + into.Length, Length);
        while (!into.IsEmpty)
        {
            var (page, offset) = At(from);
            var taken = Math.Min(into.Length, PageBytes - offset);
            pages[page].AsSpan(offset, taken).CopyTo(into);
            into = into[taken..];
            from += taken;
        }
    }

    /// <summary>Forgets the oldest.</summary>
    /// <param name="count">0 to <see cref="Length"/>.</param>
    public void Drop(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length);
        var (empty, offset) = At(count);
        if (empty > 0)
        {
            spare = pages[0];
            pages.RemoveRange(0, empty);
        }

        (start, Length) = (offset, Length - count);
    }

    /// <summary>Forgets everything, and gives the memory back.</summary>
    public void Clear()
    {
        pages.Clear();
        (spare, start, Length) = (null, 0, 0);
    }

    private (int Page, int Offset) At(long position) => ((int)((start + position) / PageBytes), (int)((start + position) % PageBytes));
}
