using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Clocks;
using PiCam.Core.Photography.Looks;
using PiCam.Core.TimeLapses;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.TimeLapses;

public sealed class TimeLapseBookTests : IAsyncLifetime
{
    private static readonly TimeLapsePlan Plan = new() { Name = "yard", Interval = TimeSpan.FromMinutes(5) };

    private TimeLapseRig rig = null!;

    public async ValueTask InitializeAsync() => rig = await TimeLapseRig.StartAsync();

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task Create_WhileAnotherRuns_IsRefusedByItsName_OrTakesOverOnRequest()
    {
        var first = await rig.Book.CreateAsync(Callers.Operator, Plan);

        var busy = await Assert.ThrowsAsync<TimeLapseBusyException>(() => rig.Book.CreateAsync(Callers.Operator, Plan with { Name = "second" }));
        Assert.Contains("yard", busy.Message, StringComparison.Ordinal);
        Assert.Single(rig.Book.All);
        var second = await rig.Book.CreateAsync(Callers.Operator, Plan with { Name = "second" }, takeOver: true);

        Assert.Equal(TimeLapseCondition.Stopped, rig.Book.Find(first.Id).Condition);
        Assert.Equal(second.Id, rig.Book.Running!.Id);
        await Assert.ThrowsAsync<TimeLapseBusyException>(() => rig.Book.BeginAsync(Callers.Operator, first.Id));
    }

    [Fact]
    public async Task NameOf_ARun_IsThatOfItsTimeLapse()
    {
        var lapse = await rig.Book.CreateAsync(Callers.Operator, Plan);

        Assert.Equal("yard", rig.Book.NameOf(lapse.Sequence));
        Assert.Null(rig.Book.NameOf("another"));
    }

    [Fact]
    public async Task Remove_AndRestore_BringsItBackStopped()
    {
        var lapse = await rig.Book.CreateAsync(Callers.Operator, Plan);

        var removed = await rig.Book.RemoveAsync(Callers.Operator, lapse.Id);
        Assert.Null(rig.Book.Running);
        Assert.Throws<TimeLapseMissingException>(() => rig.Book.Find(lapse.Id));
        await rig.Book.RestoreAsync(Callers.Operator, removed);

        Assert.Equal(TimeLapseCondition.Stopped, rig.Book.Find(lapse.Id).Condition);
    }

    public static TheoryData<string, TimeLapsePlan> Unusable => new()
    {
        { "name", Plan with { Name = " " } },
        { "interval", Plan with { Interval = TimeSpan.FromSeconds(0.4) } },
        { "interval", Plan with { Interval = TimeSpan.FromHours(25) } },
        { "count", Plan with { Count = 0 } },
        { "quality", Plan with { Quality = 101 } },
        { "size", Plan with { Size = new(0, 10) } },
        { "template", Plan with { Template = "../{nonsense}" } },
        { "until", Plan with { Until = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) } },
        { "until", Plan with { Until = DateTimeOffset.MaxValue } },
        { "until", Plan with { Until = new DateTimeOffset(2037, 1, 1, 0, 0, 0, TimeSpan.Zero) } },
        { "daylight", Plan with { ByDaylight = true } },
        { "daylight", Plan with { ByDaylight = true, Window = new(new(8, 0), new(9, 0)) } },
        { "window", Plan with { Interval = TimeSpan.FromHours(24), IsAligned = true, Window = new(new(8, 0), new(9, 0)) } },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task Create_WhatCannotBe_NamesTheFieldAndMakesNothing(string field, TimeLapsePlan plan)
    {
        var refused = await Assert.ThrowsAsync<InvalidValueException>(() => rig.Book.CreateAsync(Callers.Operator, plan));

        Assert.Contains(refused.Errors, error => error.Field == field);
        Assert.Empty(rig.Book.All);
    }

    [Fact]
    public async Task Create_ByDaylight_NeedsThePlaceThatAnOperatorSets()
    {
        var refused = await Assert.ThrowsAsync<InvalidValueException>(() => rig.Book.CreateAsync(Callers.Operator, Plan with { ByDaylight = true }));
        Assert.Equal(TimeLapseFault.NoPlace, Assert.Single(refused.Errors).Allowed);

        await rig.Place.SetAsync(Callers.Operator, new Place(51.5, -0.13));
        await rig.Book.CreateAsync(Callers.Operator, Plan with { ByDaylight = true });
        await rig.RestartAsync();

        Assert.Equal((new Place(51.5, -0.13), true), (rig.Place.Value, rig.Book.Running!.Plan.ByDaylight));
    }

    [Fact]
    public async Task Create_LockedOnACameraThatCannot_IsRefused()
    {
        rig.Camera.Capabilities = FakeCamera.NoControls;
        rig.Camera.Send();
        await Eventually.TrueAsync(() => rig.Session.State.Capabilities == FakeCamera.NoControls, "the camera says so", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<LookLockMissingException>(() => rig.Book.CreateAsync(Callers.Operator, Plan with { Look = TimeLapseLook.Locked }));
    }

    [Fact]
    public async Task Viewer_MayDoNothingOfIt()
    {
        var lapse = await rig.Book.CreateAsync(Callers.Operator, Plan);

        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Book.CreateAsync(Callers.Viewer, Plan));
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Book.BeginAsync(Callers.Viewer, lapse.Id));
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Book.EndAsync(Callers.Viewer, lapse.Id));
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Book.RemoveAsync(Callers.Viewer, lapse.Id));
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Book.RestoreAsync(Callers.Viewer, lapse));
        await Assert.ThrowsAsync<AccessRefusedException>(() => rig.Place.SetAsync(Callers.Viewer, new Place(0, 0)));
        Assert.NotNull(rig.Book.Running);
    }

    [Theory]
    [InlineData(90, null, 288, 2592 * 1944)]
    [InlineData(90, 1280, 288, 1280 * 720)]
    public void Estimate_SaysPicturesAndBytes(int quality, int? width, long perDay, int pixels)
    {
        var plan = Plan with { Quality = quality, Size = width is { } w ? new(w, 720) : null };
        var estimate = TimeLapseEstimate.Of(plan, rig.Book.Schedule(plan), new(2592, 1944), rig.Clock.GetLocalNow());

        Assert.Equal((perDay, (long)(pixels * 0.22), null), (estimate.PicturesPerDay, estimate.BytesPerPicture, estimate.Pictures));
        var now = rig.Clock.GetLocalNow();
        Assert.Equal(13, TimeLapseEstimate.Of(plan with { Until = now.AddHours(1) }, rig.Book.Schedule(plan), new(2592, 1944), now).Pictures);
        Assert.Equal(7, TimeLapseEstimate.Of(plan with { Until = now.AddHours(1), Count = 7 }, rig.Book.Schedule(plan), new(2592, 1944), now).Pictures);
    }
}
