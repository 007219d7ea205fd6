namespace PiCam.Core.Cameras;

/// <summary>A rectangle in pixels, origin top left.</summary>
public readonly record struct PixelRectangle(int X, int Y, int Width, int Height)
{
    /// <summary>Whether <paramref name="inner"/> is not empty and lies wholly inside.</summary>
    public bool Contains(PixelRectangle inner) =>
        inner.Width > 0 && inner.Height > 0
        && inner.X >= X && inner.Y >= Y
        && (long)inner.X + inner.Width <= (long)X + Width
        && (long)inner.Y + inner.Height <= (long)Y + Height;

    /// <summary>The largest part of it that has a picture's shape, in its middle.</summary>
    public PixelRectangle Inner(PixelSize shape)
    {
        var scale = Math.Min((double)Width / shape.Width, (double)Height / shape.Height);
        var (width, height) = ((int)Math.Round(shape.Width * scale), (int)Math.Round(shape.Height * scale));
        return new(X + ((Width - width) / 2), Y + ((Height - height) / 2), width, height);
    }

    /// <summary>For example "1296×729 at 648,607".</summary>
    public override string ToString() => $"{Width}×{Height} at {X},{Y}";
}
