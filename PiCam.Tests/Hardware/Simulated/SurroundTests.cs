using PiCam.Hardware.Simulated;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.Simulated;

public sealed class SurroundTests
{
    private static readonly Backdrop Sky = new();

    // Of the 1023 that a colour has: where an edge is smoothed, a piece may round another way than the whole.
    private const int MostOff = 8;

    [Fact]
    public void Look_AcrossPieces_IsPaintedWithoutSeams()
    {
        var surround = new Surround(Sky);
        var whole = new Surround(Sky).Texture;
        var area = new SKRectI(1000, 400, 2100, 1000);
        Scene.Paint(whole, Sky, area);

        surround.Look(area.Left, area.Top, area.Right - 3, area.Bottom - 3);

        for (var row = area.Top; row < area.Bottom; row++)
        {
            for (var column = area.Left; column < area.Right; column++)
            {
                var texel = (row * whole.Width) + column;
                Assert.True(Off(whole.Texels[texel], surround.Texture.Texels[texel]) <= MostOff, $"The texel {column}, {row} is another one.");
            }
        }
    }

    [Fact]
    public void Look_AtTheEnds_PaintsTheLastTexels()
    {
        var surround = new Surround(Sky);
        var texture = surround.Texture;

        surround.Look(texture.Width - 1, texture.Height - 1, texture.Width - 1, texture.Height - 1);

        var corner = new SKRectI(texture.Width - 4, texture.Height - 4, texture.Width, texture.Height);
        var whole = new Surround(Sky).Texture;
        Scene.Paint(whole, Sky, corner);
        Assert.Equal(whole.Texels[^1], texture.Texels[^1]);
    }

    private static int Off(uint a, uint b) => Enumerable.Range(0, 3).Max(colour => Math.Abs((int)((a >> (10 * colour)) & 1023) - (int)((b >> (10 * colour)) & 1023)));
}
