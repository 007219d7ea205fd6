using System.Text;

namespace PiCam.Hardware.Processes;

/// <summary>The last lines of a text of any length, in bounded memory.</summary>
internal sealed class LastLines
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
        lock (gate)
        {
            foreach (var character in text)
            {
                // ffmpeg redraws its progress line with carriage returns.
                if (character is '\n' or '\r')
                {
                    Finish();
                }
                else if (unfinished.Length < MaximumLength)
                {
                    // Control characters (colours) have no place in a sentence on a page.
                    unfinished.Append(char.IsControl(character) ? ' ' : character);
                }
            }
        }
    }

    private void Finish()
    {
        var line = unfinished.ToString().Trim();
        unfinished.Clear();
        if (line.Length == 0)
        {
            return;
        }

        lines.Enqueue(line);
        if (lines.Count > MaximumLines)
        {
            lines.Dequeue();
        }
    }
}
