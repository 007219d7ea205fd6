using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Media;
using PiCam.Core.Photography.Looks;
using PiCam.Core.TimeLapses;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.TimeLapses;

public sealed class TimeLapseRunnerTests : IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static readonly TimeLapsePlan Plan = new() { Name = "yard", Interval = Interval, Template = "img{counter:03}.jpg" };

    private TimeLapseRig rig = null!;

    public async ValueTask InitializeAsync() => rig = await TimeLapseRig.StartAsync();

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task Run_TakesAPictureAtOnceAndAtEveryInterval_UntilItsCount()
    {
        var lapse = await rig.Book.CreateAsync(Callers.Operator, Plan with { Count = 4 });
        await rig.PassAsync(TimeSpan.FromSeconds(30));

        Assert.Equal([0, 5, 10, 15], Seconds());
        var done = rig.Book.Find(lapse.Id);
        Assert.Equal((TimeLapseCondition.Finished, 4, 0), (done.Condition, done.Taken, done.MissedCount));
        var pictures = await rig.PicturesAsync(lapse);
        Assert.Equal(["img001", "img002", "img003", "img004"], pictures.Select(picture => picture.Name));
        Assert.All(pictures, picture => Assert.Equal((MediaKind.TimeLapse, "otto"), (picture.Kind, picture.By)));
    }

    [Fact]
    public async Task Run_Aligned_TakesThemOnTheClock()
    {
        await rig.PassAsync(TimeSpan.FromSeconds(7));
        var lapse = await rig.Book.CreateAsync(Callers.Operator, Plan with { Interval = TimeSpan.FromSeconds(15), IsAligned = true });
        await rig.PassAsync(TimeSpan.FromSeconds(60));

        Assert.Equal([15, 30, 45, 0], (await rig.PicturesAsync(lapse)).Select(picture => picture.TakenAt.Second));
    }

    [Fact]
    public async Task Run_Until_EndsThen()
    {
        var lapse = await rig.Book.CreateAsync(Callers.Operator, Plan with { Until = rig.Clock.GetUtcNow().AddSeconds(12) });
        await rig.PassAsync(TimeSpan.FromSeconds(20));

        Assert.Equal((TimeLapseCondition.Finished, 3), (rig.Book.Find(lapse.Id).Condition, rig.Book.Find(lapse.Id).Taken));
    }

    // R14
    [Theory]
    [InlineData(365 * 24)]
    [InlineData(-1)]
    public async Task R14_ClockJumps_IntervalHolds(double hours)
    {
        var lapse = await rig.Book.CreateAsync(Callers.Operator, Plan);
        await rig.PassAsync(TimeSpan.FromSeconds(12));
        rig.Clock.SetWall(rig.Clock.GetUtcNow().AddHours(hours));
        await rig.PassAsync(TimeSpan.FromSeconds(18));

        Assert.Equal([0, 5, 10, 15, 20, 25, 30], Seconds());
        Assert.Equal(0, rig.Book.Find(lapse.Id).MissedCount);
        Assert.Equal(Enumerable.Range(1, 7).Select(n => $"img{n:000}"), (await rig.PicturesAsync(lapse)).Select(picture => picture.Name));
    }

    // R15
    [Fact]
    public async Task R15_BootIn1970ThenNtp_NamesAreUniqueAndOrdered()
    {
        var lapse = await rig.Book.CreateAsync(Callers.Operator, Plan);
        await rig.PassAsync(TimeSpan.FromSeconds(10));
        var real = rig.Clock.GetUtcNow();

        await rig.RestartAsync(TimeSpan.FromSeconds(40), DateTimeOffset.UnixEpoch.AddSeconds(20));
        await rig.LiveAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(10));
        rig.Clock.SetWall(real.AddMinutes(1));
        await rig.PassAsync(TimeSpan.FromSeconds(10));

        var pictures = await rig.PicturesAsync(lapse);
        Assert.Equal(Enumerable.Range(1, 8).Select(n => $"img{n:000}"), pictures.Select(picture => picture.Name));
        Assert.Equal(8, pictures.Select(picture => picture.Path).Distinct().Count());
        Assert.Equal([2026, 2026, 2026, 1970, 1970, 1970, 2026, 2026], pictures.Select(picture => picture.TakenAt.Year));
        Assert.Equal([0, 5, 10, 50, 55, 60, 65, 70], Seconds());

        // By the clock it was off from 12:00:10 to 12:01:00, which it knew only then.
        var missed = Assert.Single(rig.Book.Find(lapse.Id).Missed);
        Assert.Equal((TimeLapseFault.PoweredOff, 9), (missed.Why, missed.Count));
    }

    [Fact]
    public async Task Restart_GoesOnInItsGrid_AndSaysWhatWasMissedMeanwhile()
    {
        var lapse = await rig.Book.CreateAsync(Callers.Operator, Plan);
        await rig.PassAsync(TimeSpan.FromSeconds(10));

        await rig.RestartAsync(off: TimeSpan.FromSeconds(23));
        await rig.PassAsync(TimeSpan.FromSeconds(7));

        // The one of 30 s is late by 3 s, and still taken.
        Assert.Equal([0, 5, 10, 33, 35, 40], Seconds());
        var missed = Assert.Single(rig.Book.Find(lapse.Id).Missed);
        Assert.Equal((TimeLapseFault.PoweredOff, 3), (missed.Why, missed.Count));
        Assert.Equal((12, 0, 15), (missed.From.Hour, missed.From.Minute, missed.From.Second));
        Assert.Equal(6, (await rig.PicturesAsync(lapse)).Count);
    }

    [Fact]
    public async Task Restart_SomePicturesDeletedOrRenamed_UsesNoNumberTwice()
    {
        var lapse = await rig.Book.CreateAsync(Callers.Operator, Plan with { Interval = TimeSpan.FromSeconds(0.5) });
        await rig.PassAsync(TimeSpan.FromSeconds(2));
        var pictures = await rig.PicturesAsync(lapse);
        await rig.Library.Library.DeleteAsync(Callers.Operator, [pictures[1].Id]);
        await rig.Library.Library.RenameAsync(Callers.Operator, pictures[0].Id, "the first");
        await rig.RestartAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(0.5));

        Assert.Equal(["img003", "img004", "img005", "img006", "the first"], (await rig.PicturesAsync(lapse)).Select(picture => picture.Name));
        Assert.Equal(6, rig.Book.Find(lapse.Id).Taken);
    }

    [Fact]
    public async Task Restart_PictureWithoutItsLineInTheIndex_JoinsItsSequenceAgain()
    {
        var lapse = await rig.Book.CreateAsync(Callers.Operator, Plan);
        await rig.PassAsync(TimeSpan.FromSeconds(5));
        var second = Path.Combine(rig.Library.Media, (await rig.PicturesAsync(lapse))[1].Path);
        var third = Path.Combine(Path.GetDirectoryName(second)!, "img003.jpg");
        File.Copy(second, third);
        File.SetLastWriteTimeUtc(third, rig.Clock.GetUtcNow().UtcDateTime);
        await rig.RestartAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(["img001", "img002", "img003", "img004"], (await rig.PicturesAsync(lapse)).Select(picture => picture.Name));
        Assert.Empty(await rig.Library.AllAsync(new MediaQuery { Kinds = [MediaKind.Still] }));
    }

    // R11, R13
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DiskFullOrReadOnly_CountsWhatItMissesAndGoesOnWhenItCan(bool full)
    {
        var fault = full ? MediaFault.Full : MediaFault.ReadOnly;
        var lapse = await rig.Book.CreateAsync(Callers.Operator, Plan);
        await rig.PassAsync(TimeSpan.FromSeconds(5));
        rig.Library.Files.Room = new MediaRoom(full, full ? 1000 : long.MaxValue);
        await rig.PassAsync(TimeSpan.FromSeconds(15));
        rig.Library.Files.Room = null;
        await rig.PassAsync(TimeSpan.FromSeconds(5));

        var now = rig.Book.Find(lapse.Id);
        Assert.Equal((3, 3), (now.Taken, now.MissedCount));
        var missed = Assert.Single(now.Missed);
        Assert.Equal((fault, 3, TimeSpan.FromSeconds(10)), (missed.Why, missed.Count, missed.To - missed.From));
        Assert.Equal(["img001", "img002", "img003"], (await rig.PicturesAsync(lapse)).Select(picture => picture.Name));
    }

    [Fact]
    public async Task CameraLostAndPrivacy_AreTwoReasons()
    {
        var lapse = await rig.Book.CreateAsync(Callers.Operator, Plan);
        await rig.PassAsync(TimeSpan.FromSeconds(5));
        rig.Camera.RefuseToOpen(CameraLoss.Unplugged);
        rig.Camera.Lose("unplugged");
        await Eventually.TrueAsync(
            () => (rig.Session.State is { Condition: CameraCondition.Lost, Reason: { } why } && why == CameraLoss.Unplugged) || Advance(),
            "the camera is lost", TestContext.Current.CancellationToken);
        await MissAsync(2);
        await rig.Privacy.SetAsync(Callers.Administrator, true);
        await MissAsync(2);

        var now = rig.Book.Find(lapse.Id);
        Assert.Contains(now.Missed, missed => missed.Why == CameraLoss.Unplugged && missed.Count >= 2);
        Assert.Equal((CameraLoss.Private, 2), (now.Missed[^1].Why, now.Missed[^1].Count));
        Assert.Equal(now.MissedCount, now.Missed.Sum(missed => missed.Count));

        bool Advance()
        {
            rig.Clock.Advance(TimeSpan.FromMilliseconds(100));
            return false;
        }

        // The session waits, too, to try again: only what was missed tells when the runner has done its part.
        async Task MissAsync(int count)
        {
            for (var n = 0; n < count; n++)
            {
                var before = rig.Book.Find(lapse.Id).MissedCount;
                rig.Clock.Advance(Interval);
                await Eventually.TrueAsync(() => rig.Book.Find(lapse.Id).MissedCount > before, "a picture is missed", TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public async Task PictureLongerThanTheInterval_LeavesOthersOutAndSaysSo()
    {
        var still = rig.Camera.TakesStill!;
        rig.Camera.TakesStill = async (request, token) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(12), rig.Clock, token);
            return await still(request, token);
        };

        var lapse = await rig.Book.CreateAsync(Callers.Operator, Plan with { Count = 2 });
        await rig.PassAsync(TimeSpan.FromSeconds(24));

        Assert.Equal([12, 24], Seconds());
        await Eventually.TrueAsync(() => rig.Book.Running is null, "it has ended", TestContext.Current.CancellationToken);
        var missed = rig.Book.Find(lapse.Id).Missed;
        Assert.All(missed, entry => Assert.Equal(TimeLapseFault.TooSlow, entry.Why));
        Assert.NotEmpty(missed);
        Assert.Equal(TimeSpan.FromSeconds(12), rig.Book.Find(lapse.Id).PictureTime);
    }

    [Fact]
    public async Task Run_Smooth_FollowsTheLightByAnEighthOfAStopFromPictureToPicture()
    {
        rig.Frame = new FrameMetadata { ExposureTime = TimeSpan.FromMilliseconds(10), AnalogueGain = 1 };
        await rig.PassAsync(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => rig.Session.State.Actual == rig.Frame, "the frame is seen", TestContext.Current.CancellationToken);
        await rig.Book.CreateAsync(Callers.Operator, Plan with { Look = TimeLapseLook.Smooth });
        await rig.WaitsAsync();

        // Two stops darker at once.
        rig.Frame = new FrameMetadata { ExposureTime = TimeSpan.FromMilliseconds(20), AnalogueGain = 2 };
        await rig.PassAsync(TimeSpan.FromSeconds(90));

        var stops = rig.Camera.Stills.Select(still => still.Request.Loan!).Select(loan => ExposureSmoothing.Stops(loan.ExposureTime!.Value, loan.AnalogueGain!.Value)).ToList();
        Assert.Equal(Math.Log2(0.010), stops[0], 0.001);
        Assert.Equal(Math.Log2(0.040), stops[^1], 0.001);
        Assert.All(stops.Zip(stops.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, -0.001, 0.126));
        Assert.DoesNotContain(rig.Camera.Applied, applied => applied.Controls.ExposureTime is not null);
    }

    [Fact]
    public async Task Run_Locked_LocksTheLookFirst_AndReleasesItAtItsEnd()
    {
        await rig.Book.CreateAsync(Callers.Operator, Plan with { Look = TimeLapseLook.Locked, Count = 2 });
        // The look settles by the same clock, so how much of it the whole takes depends on who comes first.
        await Eventually.TrueAsync(
            async () =>
            {
                await rig.PassAsync(TimeSpan.FromSeconds(1));
                return rig.Taken.Count == 2 && rig.Look.State.Condition == LookCondition.Free;
            },
            "two pictures are taken and the look is free again",
            TimeSpan.FromSeconds(60),
            TestContext.Current.CancellationToken);
        Assert.True(rig.Taken[0] >= TimeSpan.FromSeconds(2));
        Assert.All(rig.Camera.Stills, still => Assert.Equal(TimeSpan.FromMilliseconds(10), rig.Camera.Applied[still.Applied - 1].Controls.ExposureTime));
    }

    [Fact]
    public async Task StopAndStart_GoesOnWithTheNextNumber_AndWhatLiesBetweenIsNotMissed()
    {
        var lapse = await rig.Book.CreateAsync(Callers.Operator, Plan);
        await rig.PassAsync(TimeSpan.FromSeconds(5));
        await rig.Book.EndAsync(Callers.Operator, lapse.Id);
        await rig.PassAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(2, rig.Taken.Count);

        await rig.Book.BeginAsync(Callers.Operator, lapse.Id);
        await rig.PassAsync(TimeSpan.FromSeconds(5));

        var now = rig.Book.Find(lapse.Id);
        Assert.Equal((4, 0), (now.Taken, now.MissedCount));
        Assert.Equal(4, (await rig.PicturesAsync(lapse)).Count);
    }

    [Fact]
    public async Task Finished_StartedAgain_BeginsANewSequence()
    {
        var lapse = await rig.Book.CreateAsync(Callers.Operator, Plan with { Count = 1 });
        await rig.PassAsync(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => rig.Book.Running is null, "it has ended", TestContext.Current.CancellationToken);

        await rig.Book.BeginAsync(Callers.Operator, lapse.Id);
        await Eventually.TrueAsync(() => rig.Book.Running is null, "it has ended", TestContext.Current.CancellationToken);

        var again = rig.Book.Find(lapse.Id);
        Assert.NotEqual(lapse.Sequence, again.Sequence);
        Assert.Equal(1, again.Taken);
        Assert.Single(await rig.PicturesAsync(lapse));
        Assert.Single(await rig.PicturesAsync(again));
    }

    [Fact]
    public async Task TemplateWithoutCounter_KeepsEveryPicture()
    {
        var lapse = await rig.Book.CreateAsync(Callers.Operator, Plan with { Template = "img{time:yyyy-MM-dd HH.mm}", Interval = TimeSpan.FromSeconds(0.5) });
        await rig.PassAsync(TimeSpan.FromSeconds(1));
        await rig.RestartAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(0.5));

        Assert.Equal(4, rig.Book.Find(lapse.Id).Taken);
        Assert.Equal(4, (await rig.PicturesAsync(lapse)).Select(picture => picture.Name).Distinct().Count());
    }

    private IEnumerable<double> Seconds() => rig.Taken.Select(time => time.TotalSeconds);
}
