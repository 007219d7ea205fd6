using PiCam.Blazor.Live.Transports;
using PiCam.Core.Frames.Sizes;
using Xunit;

namespace PiCam.Tests.Blazor.Live.Transports;

public sealed class AutoChoiceTests
{
    private static readonly TimeSpan Frame = TimeSpan.FromSeconds(1 / 30.0);
    private static readonly TimeSpan Near = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Far = TimeSpan.FromMilliseconds(90);

    private readonly AutoChoice choice = new() { FilmIsPossible = true };

    [Fact]
    public void QuickLink_KeepsWholePicturesInThePage()
    {
        Assert.False(Carries(FrameSize.Whole, default));
        Assert.Equal((TransportKind.Base64, AutoReason.LinkIsQuick), (choice.Kind, choice.Reason));
    }

    [Fact]
    public void SomewhatSlowerLink_TakesBytes()
    {
        Assert.True(Carries(FrameSize.ThreeQuarters, default));
        Assert.Equal((TransportKind.Binary, AutoReason.LinkIsSlower, FrameSize.ThreeQuarters), (choice.Kind, choice.Reason, choice.First));
        Assert.False(Carries(FrameSize.Whole, default));
        Assert.Equal((TransportKind.Binary, AutoReason.LinkIsQuickAgain), (choice.Kind, choice.Reason));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SlowLink_TakesTheFilm(bool throughBytes)
    {
        if (throughBytes)
        {
            Carries(FrameSize.ThreeQuarters, default);
        }

        Assert.True(Carries(FrameSize.Half, default));
        Assert.Equal((TransportKind.H264, AutoReason.LinkIsSlow), (choice.Kind, choice.Reason));
    }

    [Fact]
    public void SlowLink_WithoutFilm_TakesSmallBytesAndSaysWhy()
    {
        choice.FilmIsPossible = false;
        Assert.True(Carries(FrameSize.Quarter, default));
        Assert.Equal((TransportKind.Binary, AutoReason.LinkIsSlowWithoutFilm, FrameSize.Quarter), (choice.Kind, choice.Reason, choice.First));
        Carries(FrameSize.ThreeQuarters, default);
        Assert.Equal(AutoReason.LinkIsSlower, choice.Reason);
    }

    [Fact]
    public void Film_InItsBestQualityForAWhile_GivesWayToWholePictures_LaterEachTimeThatTheyDidNotHold()
    {
        var now = TimeSpan.Zero;
        Carries(FrameSize.Half, now);
        Assert.False(choice.Films(TimeSpan.FromSeconds(5), Near, Frame, now));
        Assert.True(choice.Films(TimeSpan.FromSeconds(11), Near, Frame, now));
        Assert.Equal((TransportKind.Binary, AutoReason.LinkIsQuickAgain, FrameSize.Whole), (choice.Kind, choice.Reason, choice.First));

        Carries(FrameSize.Half, now += TimeSpan.FromSeconds(5));
        Assert.False(choice.Films(TimeSpan.FromSeconds(11), Near, Frame, now));
        Assert.True(choice.Films(TimeSpan.FromSeconds(21), Near, Frame, now));

        // This time they did.
        Carries(FrameSize.Half, now + TimeSpan.FromMinutes(5));
        Assert.True(choice.Films(TimeSpan.FromSeconds(11), Near, Frame, now));
    }

    [Fact]
    public void WideLink_WhoseWayIsLong_TakesTheFilmAndKeepsIt()
    {
        for (var now = TimeSpan.Zero; now <= TimeSpan.FromSeconds(3); now += Far)
        {
            Assert.False(choice.Carries(FrameSize.Whole, Far, Frame, now));
        }

        Assert.True(choice.Carries(FrameSize.Whole, Far, Frame, TimeSpan.FromSeconds(4)));
        Assert.Equal((TransportKind.H264, AutoReason.PicturesAreFew), (choice.Kind, choice.Reason));
        Assert.False(choice.Films(TimeSpan.FromSeconds(60), Far, Frame, TimeSpan.FromSeconds(64)));

        Assert.Equal(AutoReason.PicturesAreFew, choice.Reason);

        // A link that has become another.
        Assert.True(choice.Films(TimeSpan.FromSeconds(60), Near, Frame, TimeSpan.FromSeconds(64)));
        Assert.Equal(TransportKind.Binary, choice.Kind);
    }

    [Fact]
    public void WideLink_WhoseWayIsLong_IsNotTakenForASlowOneWhileThePageFindsItsSize()
    {
        var sizes = new SizeChoice();
        for (var now = TimeSpan.Zero; choice.Kind == TransportKind.Base64 && now < TimeSpan.FromSeconds(10);)
        {
            var part = (double)sizes.Next / (double)FrameSize.Whole;
            var took = TimeSpan.FromMilliseconds(150 + (7 * part * part));
            now += took;
            sizes.Acknowledged(took);
            choice.Carries(sizes.Size, sizes.Took, Frame, now);
        }

        Assert.Equal((TransportKind.H264, AutoReason.PicturesAreFew, FrameSize.Whole), (choice.Kind, choice.Reason, choice.First));
    }

    [Fact]
    public void Film_SaysWhyAsTheLinkIsNow()
    {
        Carries(FrameSize.Half, default);
        Assert.False(choice.Films(TimeSpan.FromSeconds(60), Far, Frame, TimeSpan.FromSeconds(60)));
        Assert.Equal(AutoReason.PicturesAreFew, choice.Reason);
        Assert.False(choice.Films(TimeSpan.Zero, Far, Frame, TimeSpan.FromSeconds(61)));
        Assert.Equal(AutoReason.LinkIsSlow, choice.Reason);
    }

    [Fact]
    public void WideLink_WhoseWayIsLongForAMoment_KeepsWholePictures()
    {
        for (var now = TimeSpan.Zero; now < TimeSpan.FromSeconds(10); now += TimeSpan.FromSeconds(0.5))
        {
            Assert.False(choice.Carries(FrameSize.Whole, now.Seconds % 3 == 0 ? Near : Far, Frame, now));
        }
    }

    [Fact]
    public void WideLink_AfterAPause_IsJudgedAnew()
    {
        Assert.False(choice.Carries(FrameSize.Whole, Far, Frame, TimeSpan.Zero));
        Assert.False(choice.Carries(FrameSize.Whole, Far, Frame, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void WideLink_WhereNoFilmComes_HasWholePicturesAgainAndIsLeftAlone()
    {
        var now = TimeSpan.Zero;
        for (; choice.Kind != TransportKind.H264; now += Far)
        {
            choice.Carries(FrameSize.Whole, Far, Frame, now);
        }

        choice.FilmFailed(now);
        Assert.True(choice.FilmFailed(now));
        Assert.Equal((TransportKind.Binary, AutoReason.NoFilm, FrameSize.Whole), (choice.Kind, choice.Reason, choice.First));
        for (var end = now + TimeSpan.FromMinutes(5); now < end; now += Far)
        {
            Assert.False(choice.Carries(FrameSize.Whole, Far, Frame, now));
            Assert.Equal(AutoReason.NoFilm, choice.Reason);
        }

        choice.Carries(FrameSize.Whole, Near, Frame, now);
        Assert.Equal(AutoReason.LinkIsQuickAgain, choice.Reason);
    }

    [Fact]
    public void CameraThatIsSlowItself_KeepsWholePictures()
    {
        for (var now = TimeSpan.Zero; now < TimeSpan.FromSeconds(10); now += TimeSpan.FromSeconds(0.5))
        {
            Assert.False(choice.Carries(FrameSize.Whole, Far, TimeSpan.FromMilliseconds(100), now));
        }
    }

    [Fact]
    public void Film_OfWhichNothingCameTwice_IsAskedForOnceMoreMuchLater()
    {
        Carries(FrameSize.Half, default);
        choice.FilmFailed(default);
        Assert.True(choice.FilmFailed(default));
        Assert.False(Carries(FrameSize.Half, TimeSpan.FromSeconds(59)));
        Assert.True(Carries(FrameSize.Half, TimeSpan.FromSeconds(61)));
        Assert.Equal(TransportKind.H264, choice.Kind);

        // In vain, and the next time is further off.
        Assert.True(choice.FilmFailed(TimeSpan.FromSeconds(70)));
        Assert.False(Carries(FrameSize.Half, TimeSpan.FromSeconds(189)));
        Assert.True(Carries(FrameSize.Half, TimeSpan.FromSeconds(191)));
    }

    [Fact]
    public void Film_OfWhichNothingCameTwice_IsNotAskedForAgain()
    {
        Carries(FrameSize.Half, default);
        Assert.False(choice.FilmFailed(default));
        Assert.True(choice.FilmFailed(default));
        Assert.Equal((TransportKind.Binary, AutoReason.LinkIsSlowWithoutFilm), (choice.Kind, choice.Reason));
        Assert.False(Carries(FrameSize.Quarter, default));
        Assert.Equal(TransportKind.Binary, choice.Kind);
    }

    [Fact]
    public void Film_ThatCameBetweenTwoGaps_IsKept()
    {
        Carries(FrameSize.Half, default);
        Assert.False(choice.FilmFailed(default));
        choice.FilmCame();
        Assert.False(choice.FilmFailed(default));
        Assert.Equal(TransportKind.H264, choice.Kind);
    }

    private bool Carries(FrameSize size, TimeSpan now) => choice.Carries(size, Near, Frame, now);
}
