using PiCam.Core;
using PiCam.Core.Lines;

namespace PiCam.Tests.Fixtures;

/// <summary>A pin whose level the test sees, and which fails when it is told to.</summary>
internal sealed class FakeLine : ILine
{
    private int switches;

    public bool IsOn { get; private set; }

    /// <summary>How often it was told something.</summary>
    public int Switches => Volatile.Read(ref switches);

    /// <summary>Null: it works.</summary>
    public Reason? Failure { get; set; }

    public void Switch(bool on)
    {
        Interlocked.Increment(ref switches);
        if (Failure is { } failure)
        {
            throw new LineException(failure);
        }

        IsOn = on;
    }

    public void Dispose() => IsOn = false;
}
