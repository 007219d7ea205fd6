namespace PiCam.Hardware.Simulated;

/// <summary>
/// Every direction, painted piece by piece where somebody looks: whole it is 44 MB, of which a board of 512 MB keeps no memory for
/// what was never in view, and a second of painting.
/// </summary>
internal sealed class Surround
{
    /// <summary>Texels along a piece's edge; a piece takes some milliseconds.</summary>
    private const int Piece = 256;

    private readonly Backdrop backdrop;
    private readonly Lock gate = new();
    private readonly int across;
    private readonly bool[] painted;

    public Surround(Backdrop backdrop)
    {
        this.backdrop = backdrop;
        Texture = new SceneTexture(-180, 180 + Scene.SeamDegrees, 90, -90, 16);
        across = (Texture.Width + Piece - 1) / Piece;
        painted = new bool[across * ((Texture.Height + Piece - 1) / Piece)];
    }

    /// <summary>Where nobody <see cref="Look"/>ed yet, its texels mean nothing.</summary>
    public SceneTexture Texture { get; }

    /// <summary>Sees to it that the texels between some places, and those beside them, are painted.</summary>
    /// <param name="left">The first column.</param>
    /// <param name="top">The first row.</param>
    /// <param name="right">The last column.</param>
    /// <param name="bottom">The last row.</param>
    public void Look(float left, float top, float right, float bottom)
    {
        var (lastColumn, lastRow) = (Math.Min((int)right + 2, Texture.Width - 1) / Piece, Math.Min((int)bottom + 2, Texture.Height - 1) / Piece);
        for (var row = (int)top / Piece; row <= lastRow; row++)
        {
            for (var column = (int)left / Piece; column <= lastColumn; column++)
            {
                if (!Volatile.Read(ref painted[(row * across) + column]))
                {
                    Paint(column, row);
                }
            }
        }
    }

    private void Paint(int column, int row)
    {
        lock (gate)
        {
            ref var done = ref painted[(row * across) + column];
            if (!done)
            {
                var (left, top) = (column * Piece, row * Piece);
                Scene.Paint(Texture, backdrop, new(left, top, Math.Min(left + Piece, Texture.Width), Math.Min(top + Piece, Texture.Height)));
                Volatile.Write(ref done, true);
            }
        }
    }
}
