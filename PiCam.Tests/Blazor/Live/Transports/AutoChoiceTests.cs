using PiCam.Blazor.Live.Transports;
using PiCam.Core.Frames.Sizes;
using Xunit;

namespace PiCam.Tests.Blazor.Live.Transports;

public sealed class AutoChoiceTests
{
    private readonly AutoChoice choice = new() { FilmIsPossible = true };

    [Fact]
    public void QuickLink_KeepsWholePicturesInThePage()
    {
        Assert.False(choice.Carries(FrameSize.Whole, default));
        Assert.Equal((TransportKind.Base64, AutoReason.LinkIsQuick), (choice.Kind, choice.Reason));
    }

    [Fact]
    public void SomewhatSlowerLink_TakesBytes()
    {
        Assert.True(choice.Carries(FrameSize.ThreeQuarters, default));
        Assert.Equal((TransportKind.Binary, AutoReason.LinkIsSlower, FrameSize.ThreeQuarters), (choice.Kind, choice.Reason, choice.First));
        Assert.False(choice.Carries(FrameSize.Whole, default));
        Assert.Equal((TransportKind.Binary, AutoReason.LinkIsQuickAgain), (choice.Kind, choice.Reason));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SlowLink_TakesTheFilm(bool throughBytes)
    {
        if (throughBytes)
        {
            choice.Carries(FrameSize.ThreeQuarters, default);
        }

        Assert.True(choice.Carries(FrameSize.Half, default));
        Assert.Equal((TransportKind.H264, AutoReason.LinkIsSlow), (choice.Kind, choice.Reason));
    }

    [Fact]
    public void SlowLink_WithoutFilm_TakesSmallBytesAndSaysWhy()
    {
        choice.FilmIsPossible = false;
        Assert.True(choice.Carries(FrameSize.Quarter, default));
        Assert.Equal((TransportKind.Binary, AutoReason.LinkIsSlowWithoutFilm, FrameSize.Quarter), (choice.Kind, choice.Reason, choice.First));
        choice.Carries(FrameSize.ThreeQuarters, default);
        Assert.Equal(AutoReason.LinkIsSlower, choice.Reason);
    }

    [Fact]
    public void Film_InItsBestQualityForAWhile_GivesWayToWholePictures_LaterEachTimeThatTheyDidNotHold()
    {
        var now = TimeSpan.Zero;
        choice.Carries(FrameSize.Half, now);
        Assert.False(choice.Films(TimeSpan.FromSeconds(5), now));
        Assert.True(choice.Films(TimeSpan.FromSeconds(11), now));
        Assert.Equal((TransportKind.Binary, AutoReason.LinkIsQuickAgain, FrameSize.Whole), (choice.Kind, choice.Reason, choice.First));

        choice.Carries(FrameSize.Half, now += TimeSpan.FromSeconds(5));
        Assert.False(choice.Films(TimeSpan.FromSeconds(11), now));
        Assert.True(choice.Films(TimeSpan.FromSeconds(21), now));

        // This time they did.
        choice.Carries(FrameSize.Half, now + TimeSpan.FromMinutes(5));
        Assert.True(choice.Films(TimeSpan.FromSeconds(11), now));
    }

    [Fact]
    public void Film_OfWhichNothingCameTwice_IsNotAskedForAgain()
    {
        choice.Carries(FrameSize.Half, default);
        Assert.False(choice.FilmFailed());
        Assert.True(choice.FilmFailed());
        Assert.Equal((TransportKind.Binary, AutoReason.LinkIsSlowWithoutFilm), (choice.Kind, choice.Reason));
        Assert.False(choice.Carries(FrameSize.Quarter, default));
        Assert.Equal(TransportKind.Binary, choice.Kind);
    }

    [Fact]
    public void Film_ThatCameBetweenTwoGaps_IsKept()
    {
        choice.Carries(FrameSize.Half, default);
        Assert.False(choice.FilmFailed());
        choice.FilmCame();
        Assert.False(choice.FilmFailed());
        Assert.Equal(TransportKind.H264, choice.Kind);
    }
}
