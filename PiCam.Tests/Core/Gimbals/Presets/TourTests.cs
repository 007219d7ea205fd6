using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Tours;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Gimbals.Presets;

public sealed class TourTests : IAsyncDisposable
{
    private readonly PresetRig rig = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PanTilt Position => rig.Gimbal.Status.Position;

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task Start_OnceThrough_VisitsEveryStopForItsTimeAndEnds()
    {
        var tour = await TourAsync(repeats: false);
        var visited = new List<(PanTilt At, TimeSpan When)>();
        var start = rig.Panel.Time.GetTimestamp();
        rig.Gimbal.Changed += () =>
        {
            if (rig.Gimbal.Status is { Moving: false, Position: var at })
            {
                visited.Add((at, rig.Panel.Time.GetElapsedTime(start)));
            }
        };

        rig.Guide.Start(Callers.Operator, tour.Id);
        Assert.Equal((tour, 0, "otto"), (rig.Guide.Running!.Tour, rig.Guide.Running.Stop, rig.Guide.Running.By));
        await rig.UntilAsync(() => rig.Guide.Running is null, "the tour ends");

        Assert.Equal([new PanTilt(30, 0), new PanTilt(-30, 10)], visited.Select(v => v.At));
        Assert.True(visited[1].When - visited[0].When > TimeSpan.FromSeconds(3), "It did not stay.");
    }

    [Fact]
    public async Task Start_Repeating_GoesRoundUntilStopped()
    {
        var tour = await TourAsync(repeats: true);
        rig.Guide.Start(Callers.Operator, tour.Id);
        await rig.UntilAsync(() => rig.Guide.Running?.Stop == 1, "the second stop");
        await rig.UntilAsync(() => rig.Guide.Running?.Stop == 0, "the first stop again");

        rig.Guide.Stop(Callers.Administrator);

        Assert.Null(rig.Guide.Running);
        await rig.UntilAsync(() => !rig.Gimbal.Status.Moving, "the gimbal rests");
        var rested = Position;
        await AdvanceAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(rested, Position);
    }

    [Fact]
    public async Task SomebodyAims_DuringATour_EndsIt()
    {
        var tour = await TourAsync(repeats: true);
        rig.Guide.Start(Callers.Operator, tour.Id);
        await rig.UntilAsync(() => rig.Guide.Running?.Stop == 1, "the second stop");

        // The very person who began it: the hand wins over the tour.
        rig.Gimbal.AbsoluteMove(Callers.Operator, 60, 20);
        await rig.UntilAsync(() => rig.Guide.Running is null && !rig.Gimbal.Status.Moving, "the tour ends");

        await AdvanceAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(new PanTilt(60, 20), Position);
    }

    [Fact]
    public async Task PresetsGone_DuringATour_ArePassedOverAndAnEmptyTourEnds()
    {
        var tour = await TourAsync(repeats: true);
        await rig.Presets.RemoveAsync(Callers.Operator, rig.Presets.All[0].Id);
        rig.Guide.Start(Callers.Operator, tour.Id);
        await rig.UntilAsync(() => Position == new PanTilt(-30, 10), "the stop that is left");

        await rig.Presets.RemoveAsync(Callers.Operator, rig.Presets.All[0].Id);
        await rig.UntilAsync(() => rig.Guide.Running is null, "the tour ends");
    }

    [Fact]
    public async Task Stop_WhileItStays_EndsTheTour()
    {
        var tour = await TourAsync(repeats: true);
        rig.Guide.Start(Callers.Operator, tour.Id);
        await rig.UntilAsync(() => Position == new PanTilt(30, 0) && !rig.Gimbal.Status.Moving, "the first stop");

        rig.Gimbal.Stop(Callers.Operator);

        await rig.UntilAsync(() => rig.Guide.Running is null, "the tour ends");
        await AdvanceAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(new PanTilt(30, 0), Position);
    }

    [Fact]
    public async Task Tour_RemovedUnderWay_EndsAtOnce_AndChangedUnderWay_GoesOnAsItIsNow()
    {
        var tour = await TourAsync(repeats: true);
        rig.Guide.Start(Callers.Operator, tour.Id);
        await rig.UntilAsync(() => rig.Guide.Running?.Stop == 1, "the second stop");
        await rig.Tours.SaveAsync(Callers.Operator, tour with { Name = "Half", Stops = [tour.Stops[0]] });
        await rig.UntilAsync(() => rig.Guide.Running is { Stop: 0, Tour: { Name: "Half", Stops.Count: 1 } }, "the tour as it is now");

        await rig.Tours.RemoveAsync(Callers.Operator, tour.Id);

        Assert.Null(rig.Guide.Running);
    }

    [Fact]
    public async Task Tour_WithoutStaying_DoesNotGoRoundFasterThanItShould()
    {
        await rig.TurnAsync(30, 0);
        var here = await rig.Presets.SetAsync(Callers.Operator, "Here", withLook: false, Token);
        var tour = await rig.Tours.SaveAsync(Callers.Operator, new Tour("", "Still", [new(here.Id, 0)], Repeats: true));
        var news = 0;
        rig.Guide.Changed += () => Interlocked.Increment(ref news);

        rig.Guide.Start(Callers.Operator, tour.Id);
        await AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.InRange(Volatile.Read(ref news), 2, 12);
        rig.Guide.Stop(Callers.Operator);
    }

    [Fact]
    public async Task WhoBeganIt_Dismissed_TheTourEndsWithTheStop()
    {
        var tour = await TourAsync(repeats: true);
        rig.Guide.Start(Callers.Operator, tour.Id);
        await rig.UntilAsync(() => rig.Guide.Running?.Stop == 1, "the second stop");

        rig.People.Welcome = false;

        await rig.UntilAsync(() => rig.Guide.Running is null, "the tour ends");
    }

    [Fact]
    public async Task PresetWhoseLookCannotBeStored_IsVisitedAllTheSame()
    {
        await rig.Panel.GoLiveAsync();
        await rig.TurnAsync(30, 0);
        var look = await rig.Presets.SetAsync(Callers.Operator, "Look", withLook: true, Token);
        await rig.TurnAsync(0, 0);
        var tour = await rig.Tours.SaveAsync(Callers.Operator, new Tour("", "T", [new(look.Id, 2), new(look.Id, 2)], Repeats: false));
        rig.Panel.Store.BeforeSave = () => throw new IOException("the disk is full");

        rig.Guide.Start(Callers.Operator, tour.Id);

        await rig.UntilAsync(() => rig.Guide.Running?.Stop == 1, "the second stop");
        Assert.Equal(new PanTilt(30, 0), Position);
    }

    [Fact]
    public async Task Save_Nonsense_IsRefusedWithEveryReason()
    {
        var refused = await Assert.ThrowsAsync<InvalidValueException>(
            () => rig.Tours.SaveAsync(Callers.Operator, new Tour("", "", [new("x", -1), new("x", double.NaN)], false)));
        Assert.Equal(["name", "dwell", "dwell"], refused.Errors.Select(e => e.Field));
        refused = await Assert.ThrowsAsync<InvalidValueException>(() => rig.Tours.SaveAsync(Callers.Operator, new Tour("", "T", [], false)));
        Assert.Equal("stops", refused.Errors[0].Field);
        Assert.Empty(rig.Tours.All);
    }

    [Fact]
    public async Task SaveChangeAndRemove_SurviveARestart()
    {
        var tour = await TourAsync(repeats: false);
        await rig.Tours.SaveAsync(Callers.Operator, tour with { Name = "Evening" });
        var again = new TourBook(rig.Panel.Store);
        await again.StartAsync(Token);
        Assert.Equal("Evening", Assert.Single(again.All).Name);
        Assert.Equal(tour.Stops, again.All[0].Stops);

        await again.RemoveAsync(Callers.Operator, tour.Id);
        Assert.Empty(again.All);
        await Assert.ThrowsAsync<TourMissingException>(() => again.RemoveAsync(Callers.Operator, tour.Id));
    }

    [Fact]
    public async Task AnyChange_ByAViewer_IsRefused()
    {
        var tour = await TourAsync(repeats: false);
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Tours.SaveAsync(Callers.Viewer, tour));
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Tours.RemoveAsync(Callers.Viewer, tour.Id));
        Assert.Throws<AccessRefusedException>(() => rig.Guide.Start(Callers.Viewer, tour.Id));
        Assert.Throws<AccessRefusedException>(() => rig.Guide.Stop(Callers.Viewer));
    }

    private async Task<Tour> TourAsync(bool repeats)
    {
        await rig.TurnAsync(30, 0);
        var first = await rig.Presets.SetAsync(Callers.Operator, "Right", withLook: false, Token);
        await rig.TurnAsync(-30, 10);
        var second = await rig.Presets.SetAsync(Callers.Operator, "Left", withLook: false, Token);
        await rig.TurnAsync(0, 0);
        return await rig.Tours.SaveAsync(
            Callers.Operator, new Tour("", "Round", [new(first.Id, 3), new(second.Id, 1)], repeats));
    }

    private async Task AdvanceAsync(TimeSpan span)
    {
        var until = rig.Panel.Time.GetUtcNow() + span;
        await rig.UntilAsync(() => rig.Panel.Time.GetUtcNow() >= until, "the time passes");
    }
}
