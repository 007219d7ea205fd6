using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Media;

public sealed class MediaRetentionTests : IAsyncDisposable
{
    private readonly SettableClock clock = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private LibraryRig? rig;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (rig is not null)
        {
            await rig.DisposeAsync();
        }
    }

    [Fact]
    public async Task Age_OfEachKind_LetsGoWhatIsOlderAndNotProtected()
    {
        using var retention = await StartAsync();
        await AddAsync("young photo", MediaKind.Still, days: 29);
        await AddAsync("old photo", MediaKind.Still, days: 31);
        var kept = await AddAsync("old protected photo", MediaKind.Still, days: 300);
        await AddAsync("young film", MediaKind.Recording, days: 6);
        await AddAsync("old film", MediaKind.Recording, days: 8);
        await AddAsync("very old burst", MediaKind.Burst, days: 900);
        await rig!.Library.ProtectAsync(Callers.Operator, [kept.Id], isProtected: true);
        var rules = new MediaRules { KeepDays = new Dictionary<MediaKind, int> { [MediaKind.Still] = 30, [MediaKind.Recording] = 7 } };
        Assert.Equal(2, (await retention.PreviewAsync(Callers.Administrator, rules, Token)).Count);
        await retention.SetAsync(Callers.Administrator, _ => rules);

        await retention.EnforceAsync(Token);
        Assert.Equal(6, (await rig.NamesAsync()).Length);
        clock.Advance(MediaRetention.SteadyTime);
        await retention.EnforceAsync(Token);

        Assert.Equal(["old protected photo", "very old burst", "young film", "young photo"], (await rig.NamesAsync()).Order());
        Assert.Equal(4, rig.OnDisk().Length);
    }

    [Fact]
    public async Task Age_ByAClockThatWasSet_WaitsUntilItHasGoneEvenly()
    {
        using var retention = await StartAsync();
        await AddAsync("photo", MediaKind.Still, days: 1);
        await retention.SetAsync(Callers.Administrator, r => r with { KeepDays = new Dictionary<MediaKind, int> { [MediaKind.Still] = 30 } });
        clock.Advance(MediaRetention.SteadyTime);
        await retention.EnforceAsync(Token);

        // R14: nothing is lost by a wrong clock that somebody puts right within the hour.
        clock.SetWall(clock.GetUtcNow().AddYears(1));
        clock.Advance(TimeSpan.FromMinutes(1));
        await retention.EnforceAsync(Token);
        clock.Advance(TimeSpan.FromMinutes(50));
        await retention.EnforceAsync(Token);
        Assert.Single(await rig!.NamesAsync());

        clock.SetWall(clock.GetUtcNow().AddYears(-1));
        clock.Advance(TimeSpan.FromMinutes(1));
        await retention.EnforceAsync(Token);
        clock.Advance(MediaRetention.SteadyTime);
        await retention.EnforceAsync(Token);
        Assert.Single(await rig.NamesAsync());

        clock.Advance(TimeSpan.FromDays(30));
        await retention.EnforceAsync(Token);
        Assert.Empty(await rig.NamesAsync());
    }

    [Fact]
    public async Task Quota_Exceeded_LetsTheOldestGoAfterWhatIsDeleted()
    {
        using var retention = await StartAsync();
        for (var days = 12; days > 0; days--)
        {
            var item = await AddAsync($"photo {days:00}", MediaKind.Still, days);
            await rig!.Index.ResizeAsync(item.Id, 25_000_000);
        }

        var newest = (await rig!.AllAsync())[0].Item;
        await rig.Library.DeleteAsync(Callers.Operator, [newest.Id]);
        await rig.Library.ProtectAsync(Callers.Operator, [(await rig.AllAsync())[^1].Item.Id], isProtected: true);

        // 300 MB are there, 25 of them deleted: three more have to go.
        var rules = new MediaRules { QuotaMegabytes = 200 };
        Assert.Equal(new MediaLoss(3, 75_000_000), await retention.PreviewAsync(Callers.Administrator, rules, Token));
        await retention.SetAsync(Callers.Administrator, _ => rules);
        await retention.EnforceAsync(Token);

        var left = await rig.NamesAsync();
        Assert.Equal(["photo 02", "photo 03", "photo 04", "photo 05", "photo 06", "photo 07", "photo 08", "photo 12"], left.Order());
        Assert.Empty(await rig.Library.RestoreAsync(Callers.Operator, [newest.Id]));
        var bytes = (await rig.Library.UsageAsync(Callers.Viewer, Token)).Bytes;
        Assert.InRange(bytes, 1, 200_000_000);
        clock.Advance(TimeSpan.FromMinutes(1));
        await retention.EnforceAsync(Token);
        Assert.Equal(left, await rig.NamesAsync());
    }

    [Fact]
    public async Task Reserve_OfTheConfiguration_HoldsUntilSomebodySetsAnotherAndThenOverARestart()
    {
        using (var first = await StartAsync(reserve: 500))
        {
            Assert.Equal(500, first.Rules.ReserveMegabytes);
            await AddAsync("photo", MediaKind.Still, days: 1);
            rig!.Files.Room = new MediaRoom(true, 400_000_000);
            Assert.Equal(1, (await first.PreviewAsync(Callers.Administrator, first.Rules, Token)).Count);
            Assert.Equal(0, (await first.PreviewAsync(Callers.Administrator, new MediaRules { ReserveMegabytes = 300 }, Token)).Count);
            await first.SetAsync(Callers.Administrator, r => r with { ReserveMegabytes = 300, KeepDays = new Dictionary<MediaKind, int> { [MediaKind.TimeLapse] = 3 } });
            await first.EnforceAsync(Token);
            Assert.Single(await rig.NamesAsync());
        }

        using var second = rig.Retention(500);
        await second.StartAsync(Token);
        Assert.Equal((300, 3), (second.Rules.ReserveMegabytes, second.Rules.KeepDays[MediaKind.TimeLapse]));
        await second.StopAsync(Token);
    }

    [Fact]
    public async Task Rules_ThatCannotBeUsedOrByAnOperator_AreRefusedByName()
    {
        using var retention = await StartAsync();
        var wrong = new MediaRules { ReserveMegabytes = -1, QuotaMegabytes = 99, KeepDays = new Dictionary<MediaKind, int> { [MediaKind.TimeLapse] = 0 } };

        var refused = await Assert.ThrowsAsync<InvalidValueException>(() => retention.SetAsync(Callers.Administrator, _ => wrong));
        Assert.Equal(["reserveMegabytes", "quotaMegabytes", "keepDays.timeLapse"], refused.Errors.Select(error => error.Field));
        await Assert.ThrowsAsync<InvalidValueException>(() => retention.PreviewAsync(Callers.Administrator, wrong, Token));
        await Assert.ThrowsAsync<AccessRefusedException>(() => retention.SetAsync(Callers.Operator, r => r));
        await Assert.ThrowsAsync<AccessRefusedException>(() => retention.PreviewAsync(Callers.Operator, new MediaRules(), Token));
        Assert.Equal((0, null, 0), (retention.Rules.ReserveMegabytes, retention.Rules.QuotaMegabytes, retention.Rules.KeepDays.Count));
    }

    [Fact]
    public void DaysLeft_ByTheLastSevenDays_IsWhatDiskOrQuotaLeave()
    {
        var today = new DateOnly(2026, 11, 23);
        var usage = new MediaUsage(
            [
                new(today, MediaKind.Still, 1, 300_000_000, 0),
                new(today.AddDays(-6), MediaKind.Recording, 2, 400_000_000, 100),
                new(today.AddDays(-7), MediaKind.Recording, 2, 900_000_000, 0),
            ],
            DeletedBytes: 50_000_000);

        Assert.Equal((1_650_000_000, 100, 100_000_000), (usage.Bytes, usage.ProtectedBytes, usage.BytesPerDay(today)));
        Assert.Equal(9, usage.DaysLeft(today, 1_100_000_000, new MediaRules { ReserveMegabytes = 200 }));
        Assert.Equal(3.5, usage.DaysLeft(today, 1_100_000_000, new MediaRules { QuotaMegabytes = 2000 }));
        Assert.Equal(3.5, usage.DaysLeft(today, null, new MediaRules { QuotaMegabytes = 2000 }));
        Assert.Equal(0, usage.DaysLeft(today, 1000, new MediaRules()));
        Assert.Null(usage.DaysLeft(today, null, new MediaRules()));
        Assert.Null(usage.DaysLeft(today.AddDays(100), 1_000_000_000, new MediaRules()));

        // What came on the first day says nothing of the next ones.
        var first = new MediaUsage([new(today, MediaKind.Still, 1, 200_000_000, 0)], 0);
        Assert.Equal((true, false), (first.IsFirstDay(today), usage.IsFirstDay(today)));
        Assert.Null(first.DaysLeft(today, 1_100_000_000, new MediaRules()));
        Assert.Equal(700_000_000, first.RoomLeft(900_000_000, new MediaRules { ReserveMegabytes = 200 }));

        // Of a library of two days, the rate of two days.
        Assert.Equal(100_000_000, new MediaUsage([new(today.AddDays(-1), MediaKind.Still, 1, 200_000_000, 0)], 0).BytesPerDay(today));
    }

    private async Task<MediaRetention> StartAsync(int reserve = 0)
    {
        rig = await LibraryRig.StartAsync(time: clock);
        return rig.Retention(reserve);
    }

    private Task<MediaItem> AddAsync(string name, MediaKind kind, int days) =>
        rig!.AddAsync(new NewMedia(kind, name) { TakenAt = clock.GetUtcNow().AddDays(-days) });
}
