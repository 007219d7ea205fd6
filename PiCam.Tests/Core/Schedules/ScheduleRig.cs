using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Clocks;
using PiCam.Core.Media;
using PiCam.Core.Schedules;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Schedules;

/// <summary>A schedule in Berlin whose time passes only when the test says so; what it does is noted, not done.</summary>
internal sealed class ScheduleRig : IAsyncDisposable
{
    private readonly LibraryRig library;
    private MediaUpkeep upkeep = null!;
    private ScheduleRunner runner = null!;

    private ScheduleRig(LibraryRig library, SettableClock clock)
    {
        this.library = library;
        Clock = clock;
        Work = new FakeScheduleWork(clock);
    }

    public SettableClock Clock { get; }

    public FakeScheduleWork Work { get; }

    public PlaceSetting Place { get; private set; } = null!;

    public ScheduleBook Book { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ScheduleRig> StartAsync(string now)
    {
        var clock = new SettableClock(DateTimeOffset.Parse(now, null).ToUniversalTime());
        clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var rig = new ScheduleRig(await LibraryRig.StartAsync(null, clock), clock);
        await rig.BeginAsync();
        return rig;
    }

    public Task<ScheduleEntry> AddAsync(params TimeOnly[] times) => AddAsync(new ScheduleTiming { Times = times });

    public Task<ScheduleEntry> AddAsync(ScheduleTiming timing) => Book.AddAsync(Callers.Operator, timing, new ScheduleTask());

    /// <summary>Lets time pass in steps, and the runner do in each what is due.</summary>
    public async Task PassAsync(TimeSpan time, TimeSpan? step = null)
    {
        var by = step ?? TimeSpan.FromSeconds(10);
        for (var passed = TimeSpan.Zero; passed < time; passed += by)
        {
            await WaitsAsync();
            Clock.Advance(by);
        }

        await WaitsAsync();
    }

    /// <summary>Waits until the runner has looked at what is due, and what it has begun is done.</summary>
    public Task WaitsAsync() => Eventually.TrueAsync(() => Clock.IsWaitedFor() && runner.IsIdle && Clock.IsWaitedFor(), "the runner waits", Token);

    /// <summary>Sets the clock on the wall, and waits until the runner has seen it.</summary>
    public async Task SetWallAsync(string now)
    {
        await WaitsAsync();
        Clock.SetWall(DateTimeOffset.Parse(now, null));
        await PassAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>The panel anew on the same settings.</summary>
    public async Task RestartAsync(string now)
    {
        await EndAsync();
        Clock.SetWall(DateTimeOffset.Parse(now, null));
        await BeginAsync();
        await WaitsAsync();
    }

    public ScheduleEntry Find(ScheduleEntry entry) => Book.Find(entry.Id);

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await library.DisposeAsync();
    }

    private async Task BeginAsync()
    {
        upkeep = new MediaUpkeep(library.Library, Clock, NullLogger<MediaUpkeep>.Instance);
        Place = new PlaceSetting(library.Settings);
        await Place.StartAsync(Token);
        Book = new ScheduleBook(Work, Place, library.Settings, Clock);
        await Book.StartAsync(Token);
        await upkeep.StartAsync(Token);
        await upkeep.Reconciled.WaitAsync(Token);
        runner = new ScheduleRunner(Book, Work, upkeep, Clock, NullLogger<ScheduleRunner>.Instance);
        await runner.StartAsync(Token);
    }

    private async Task EndAsync()
    {
        await runner.StopAsync(CancellationToken.None);
        runner.Dispose();
        await upkeep.StopAsync(CancellationToken.None);
        upkeep.Dispose();
    }
}
