using System.Text;

namespace PiCam.Hardware.Processes;

/// <summary>The last lines of a text of any length, in bounded memory. One writer; anyone may look.</summary>
/// <param name="takes">Sees each line as it ends, and returns whether it is to be forgotten.</param>
internal sealed class LastLines(Func<string, bool>? takes = null)
{
    /// <summary>Lines kept.</summary>
    public const int MaximumLines = 20;

    /// <summary>Characters kept of one line; the rest of it is dropped.</summary>
    public const int MaximumLength = 400;

    private readonly Lock gate = new();
    private readonly Queue<string> lines = new();
    private readonly StringBuilder unfinished = new();

    /// <summary>The lines kept, oldest first; blank ones are left out, an unfinished last one is there.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate)
            {
                return unfinished.Length == 0 ? [.. lines] : [.. lines, unfinished.ToString().Trim()];
            }
        }
    }

    /// <summary>Takes the next piece of the text; it may end in the middle of a line.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        // ffmpeg redraws its progress line with carriage returns.
        for (int end; (end = text.IndexOfAny('\n', '\r')) >= 0; text = text[(end + 1)..])
        {
            Extend(text[..end]);
            Finish();
        }

        Extend(text);
    }

    private void Extend(ReadOnlySpan<char> part)
    {
        lock (gate)
        {
            foreach (var character in part[..Math.Min(part.Length, MaximumLength - unfinished.Length)])
            {
                // Control characters (colours) have no place in a sentence on a page.
                unfinished.Append(char.IsControl(character) ? ' ' : character);
            }
        }
    }

    private void Finish()
    {
        string line;
        lock (gate)
        {
            line = unfinished.ToString().Trim();
            unfinished.Clear();
        }

        // Outside the lock: it is somebody else's code.
        if (line.Length == 0 || takes?.Invoke(line) == true)
        {
            return;
        }

        lock (gate)
        {
            lines.Enqueue(line);
            if (lines.Count > MaximumLines)
            {
                lines.Dequeue();
            }
        }
    }
}
