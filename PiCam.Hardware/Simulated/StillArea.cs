using SkiaSharp;

namespace PiCam.Hardware.Simulated;

/// <summary>A part of a texture as it was when this was made, for what moves there to be taken away again.</summary>
internal sealed class StillArea
{
    private readonly SceneTexture texture;
    private readonly uint[] texels;

    /// <param name="texture">Of which it is a part.</param>
    /// <param name="area">In texels, within the texture.</param>
    public StillArea(SceneTexture texture, SKRectI area)
    {
        (this.texture, Area) = (texture, area);
        texels = new uint[area.Width * area.Height];
        for (var row = area.Top; row < area.Bottom; row++)
        {
            Now(row, area.Left, area.Width).CopyTo(texels.AsSpan((row - area.Top) * area.Width));
        }
    }

    /// <summary>In texels.</summary>
    public SKRectI Area { get; }

    /// <summary>A row of it as it was.</summary>
    /// <param name="row">Of the texture.</param>
    public ReadOnlySpan<uint> Row(int row) => texels.AsSpan((row - Area.Top) * Area.Width, Area.Width);

    /// <summary>Makes a part of it in the texture what it was.</summary>
    /// <param name="part">In texels of the texture, within <see cref="Area"/>.</param>
    public void Restore(SKRectI part)
    {
        for (var row = part.Top; row < part.Bottom; row++)
        {
            Row(row).Slice(part.Left - Area.Left, part.Width).CopyTo(Now(row, part.Left, part.Width));
        }
    }

    private Span<uint> Now(int row, int left, int width) => texture.Texels.AsSpan((row * texture.Width) + left, width);
}
