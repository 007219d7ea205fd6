using PiCam.Hardware.Processes;
using Xunit;

namespace PiCam.Tests.Hardware.Processes;

public sealed class LastLinesTests
{
    [Fact]
    public void Append_PiecesThatSplitLines_JoinsThem()
    {
        var lines = new LastLines();

        lines.Append("fi");
        lines.Append("rst\n\n  \nsec");
        lines.Append("ond\rth");

        Assert.Equal(["first", "second", "th"], lines.Lines);
    }

    [Fact]
    public void Append_ManyAndLongLines_KeepsOnlyTheLastAndTheirBeginnings()
    {
        var lines = new LastLines();

        for (var i = 1; i <= 100; i++)
        {
            lines.Append($"{i} {new string('x', 10_000)}\n");
        }

        Assert.Equal(LastLines.MaximumLines, lines.Lines.Count);
        Assert.StartsWith("100 x", lines.Lines[^1], StringComparison.Ordinal);
        Assert.All(lines.Lines, line => Assert.Equal(LastLines.MaximumLength, line.Length));
    }

    [Fact]
    public void Append_ControlCharacters_BecomeSpaces()
    {
        var lines = new LastLines();

        lines.Append("\u001b[31mred\n");

        Assert.Equal(["[31mred"], lines.Lines);
    }
}
