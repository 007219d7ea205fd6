using PiCam.Core.Frames.Sizes;
using Xunit;

namespace PiCam.Tests.Core.Frames.Sizes;

/// <summary>One viewer's size over links of known speed: a picture takes the way there and back and its bytes.</summary>
public sealed class SizeChoiceTests
{
    private const int WholeBytes = 90_000;

    private SizeChoice choice = new(FrameSize.Whole);

    [Fact]
    public void Size_AtFirst_IsTheWhole() => Assert.Equal(FrameSize.Whole, choice.Size);

    [Theory]
    [InlineData(100_000_000, 2, FrameSize.Whole)]
    [InlineData(100_000_000, 40, FrameSize.Whole)]
    [InlineData(100_000_000, 150, FrameSize.Whole)]
    [InlineData(100_000_000, 400, FrameSize.Whole)]
    [InlineData(1_200_000, 400, FrameSize.Whole)]
    [InlineData(1_500_000, 600, FrameSize.Whole)]
    [InlineData(2_000_000, 40, FrameSize.Half)]
    [InlineData(500_000, 40, FrameSize.Quarter)]
    public void Size_OverALinkOfThatSpeed_Settles(int bitsPerSecond, int milliseconds, FrameSize expected)
    {
        Run(frames: 400, bitsPerSecond, milliseconds);
        Assert.Equal(expected, choice.Size);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(choice.Size, choice.Next);
            Run(frames: 1, bitsPerSecond, milliseconds);
        }
    }

    /// <summary>The way, however long, is no reason; what the whole picture would take is.</summary>
    [Theory]
    [InlineData(100_000_000, 2, FrameSize.Whole, 4)]
    [InlineData(20_000_000, 40, FrameSize.Whole, 4)]
    [InlineData(100_000_000, 400, FrameSize.Whole, 4)]
    [InlineData(2_000_000, 40, FrameSize.ThreeQuarters, 6)]
    [InlineData(500_000, 40, FrameSize.ThreeEighths, 4)]
    [InlineData(100_000, 40, FrameSize.Quarter, 3)]
    public void LinkOfWhichNothingIsKnown_PicturesBecomeLargerUntilOneWouldTakeTooLong(int bitsPerSecond, int milliseconds, FrameSize expected, int within)
    {
        choice = new();
        Assert.Equal(FrameSize.Quarter, choice.Next);
        var longest = TimeSpan.Zero;
        for (var i = 0; i < within; i++)
        {
            var took = Took(choice.Next, bitsPerSecond, milliseconds);
            longest = took > longest ? took : longest;
            choice.Acknowledged(took);
        }

        Assert.Equal((expected, expected), (choice.Size, choice.Next));
        Assert.True(longest < TimeSpan.FromSeconds(0.5), $"One took {longest}.");

        // And what was found out about the way is not forgotten.
        if (expected == FrameSize.Whole)
        {
            Run(frames: 20, bitsPerSecond, milliseconds);
            Assert.Equal(expected, choice.Size);
            Assert.Equal(Took(expected, bitsPerSecond, milliseconds).TotalSeconds, choice.Took.TotalSeconds, 0.001);
        }
    }

    [Fact]
    public void LinkOfWhichNothingIsKnown_FirstPictureWaitsForThePage_ItIsNoReason()
    {
        choice = new();
        choice.Acknowledged(TimeSpan.FromSeconds(2));
        choice.Acknowledged(TimeSpan.FromSeconds(1));
        Run(frames: 5, 100_000_000, 5);
        Assert.Equal((FrameSize.Whole, FrameSize.Whole), (choice.Size, choice.Next));
    }

    /// <summary>They make the way look so long that the bytes of a whole picture seem to take nothing.</summary>
    [Theory]
    [InlineData(2_000_000, FrameSize.Half)]
    [InlineData(3_000_000, FrameSize.Half)]
    public void SlowLinkOfWhichNothingIsKnown_FirstPicturesWaitForThePageLessAndLess_SettlesAllTheSame(int bitsPerSecond, FrameSize expected)
    {
        choice = new();
        foreach (var wait in new[] { 300, 200, 150, 0 })
        {
            choice.Acknowledged(Took(choice.Next, bitsPerSecond, 40) + TimeSpan.FromMilliseconds(wait));
        }

        Run(frames: 60, bitsPerSecond, 40);
        Assert.Equal(expected, choice.Size);
    }

    [Fact]
    public void DistantLinkOfWhichNothingIsKnown_OneHiccup_ChangesNothing()
    {
        choice = new();
        Run(frames: 12, 100_000_000, 97);
        choice.Acknowledged(TimeSpan.FromMilliseconds(400));
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal((FrameSize.Whole, FrameSize.Whole), (choice.Size, choice.Next));
            Run(frames: 1, 100_000_000, 97);
        }
    }

    [Fact]
    public void Size_OverAMiddlingLink_IsQuickEnoughAndStays()
    {
        Run(frames: 300, 5_000_000, 10);
        var settled = choice.Size;
        Assert.InRange((int)settled, (int)FrameSize.ThreeEighths, (int)FrameSize.ThreeQuarters);
        Assert.True(Took(settled, 5_000_000, 10) < SizeChoice.Slowest);

        var changes = Run(frames: 3000, 5_000_000, 10);
        Assert.True(changes <= 4, $"It changed {changes} times in 3000 frames.");
    }

    [Fact]
    public void Link_BecomesSlow_SizeFallsWithinAFewFrames()
    {
        Run(frames: 100, 100_000_000, 2);
        Run(frames: 10, 2_000_000, 2);
        Assert.True(choice.Size < FrameSize.Whole);
    }

    [Fact]
    public void Link_Recovers_WholeIsBackWithinAHundredAndFiftyFrames()
    {
        Run(frames: 200, 1_000_000, 20);
        Assert.True(choice.Size <= FrameSize.ThreeEighths);
        Run(frames: 150, 100_000_000, 5);
        Assert.Equal(FrameSize.Whole, choice.Size);
    }

    [Fact]
    public void Link_RecoversAfterManyStepsInVain_WholeIsBackWithinSeconds()
    {
        // Copies that are not in proportion to their size: each step up promises to hold, and does not.
        for (var i = 0; i < 5000; i++)
        {
            choice.Acknowledged(TimeSpan.FromMilliseconds(choice.Next == FrameSize.Whole ? 145 : 40));
        }

        Run(frames: 170, 100_000_000, 5);
        Assert.Equal(FrameSize.Whole, choice.Size);
    }

    [Fact]
    public void OneHiccup_ChangesNothing()
    {
        Run(frames: 100, 100_000_000, 5);
        choice.Acknowledged(TimeSpan.FromMilliseconds(400));
        Run(frames: 5, 100_000_000, 5);
        Assert.Equal(FrameSize.Whole, choice.Size);
    }

    [Theory]
    [InlineData(5, 600)]
    [InlineData(60, 600)]
    [InlineData(85, 3000)]
    [InlineData(110, 600)]
    [InlineData(110, 3000)]
    public void OneHiccupOfADistantLink_TheWholeIsBackSoon(int milliseconds, int hiccup)
    {
        Run(frames: 100, 100_000_000, milliseconds);
        choice.Acknowledged(TimeSpan.FromMilliseconds(hiccup));
        Run(frames: 300, 100_000_000, milliseconds);
        Assert.Equal(FrameSize.Whole, choice.Size);
    }

    [Fact]
    public void Way_BecomesShorter_TheLinkIsJudgedByTheShorterOne()
    {
        Run(frames: 100, 100_000_000, 400);
        Run(frames: 50, 100_000_000, 5);
        Run(frames: 30, 2_000_000, 5);
        Assert.True(choice.Size < FrameSize.Whole);
    }

    [Fact]
    public void Link_ThatIsHopeless_IsGivenUpAfterThreePictures()
    {
        Run(frames: 3, 1_000_000, 20);
        Assert.True(choice.Size < FrameSize.Whole);
    }

    [Fact]
    public void Picture_ThatTheLinkChokedOn_IsFollowedBySmallOnesOnly()
    {
        Run(frames: 100, 100_000_000, 20);
        Run(frames: 1, 400_000, 20);
        Assert.Equal((FrameSize.Whole, FrameSize.Quarter), (choice.Size, choice.Next));

        // Not once more, until the size has fallen.
        for (var i = 0; choice.Size == FrameSize.Whole; i++)
        {
            Assert.True(choice.Next < FrameSize.Half && i < 12, $"After {i} more pictures the next is {choice.Next}.");
            Run(frames: 1, 400_000, 20);
        }

        Assert.True(choice.Size < FrameSize.Whole);
    }

    [Fact]
    public void LongHiccup_SomePicturesAreSmaller()
    {
        Run(frames: 1, 100_000_000, 2000);
        Assert.Equal((FrameSize.Whole, FrameSize.Quarter), (choice.Size, choice.Next));
        Run(frames: 4, 100_000_000, 20);
        Assert.Equal((FrameSize.Whole, FrameSize.Whole), (choice.Size, choice.Next));
    }

    private static TimeSpan Took(FrameSize size, int bitsPerSecond, int milliseconds)
    {
        var part = (double)size / (double)FrameSize.Whole;
        return TimeSpan.FromSeconds((milliseconds / 1000.0) + (8 * WholeBytes * part * part / bitsPerSecond));
    }

    /// <summary>How often the size changed.</summary>
    private int Run(int frames, int bitsPerSecond, int milliseconds)
    {
        var changes = 0;
        for (var i = 0; i < frames; i++)
        {
            var before = choice.Size;
            choice.Acknowledged(Took(choice.Next, bitsPerSecond, milliseconds));
            changes += choice.Size == before ? 0 : 1;
        }

        return changes;
    }
}
