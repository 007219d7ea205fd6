namespace PiCam.Core.Boards;

/// <summary>Memory or disk.</summary>
/// <param name="Total">Bytes.</param>
/// <param name="Free">Bytes that a program can still have.</param>
public readonly record struct Space(long Total, long Free)
{
    /// <summary>Share in use, 0 to 1.</summary>
    public double Use => Total > 0 ? 1 - ((double)Free / Total) : 0;
}
