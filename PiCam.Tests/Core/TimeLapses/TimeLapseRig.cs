using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PiCam.Core.Cameras;
using PiCam.Core.Clocks;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Media;
using PiCam.Core.Photography.Looks;
using PiCam.Core.Privacy;
using PiCam.Core.Stills;
using PiCam.Core.Stills.Stamps;
using PiCam.Core.TimeLapses;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.TimeLapses;

/// <summary>Time-lapses on a camera that the test plays, a real library and, mostly, clocks that it moves.</summary>
internal sealed class TimeLapseRig : IAsyncDisposable
{
    private readonly TimeProvider time;
    private readonly long begun;
    private readonly List<TimeSpan> taken = [];
    private LookLock look = null!;
    private MediaUpkeep upkeep = null!;
    private TimeLapseRunner runner = null!;

    private TimeLapseRig(LibraryRig library, TimeProvider time)
    {
        Library = library;
        this.time = time;
        begun = time.GetTimestamp();
        Privacy = new PrivacySwitch(library.Settings, time);
        Session = new CameraSession(Camera, new FakeSetup(), Privacy, library.Settings, time, NullLogger<CameraSession>.Instance);
        Camera.TakesStill = (request, _) =>
        {
            lock (taken)
            {
                taken.Add(time.GetElapsedTime(begun));
            }

            return Task.FromResult(Camera.Still(request) with { Jpeg = Picture });
        };
    }

    public FakeCamera Camera { get; } = new();

    public LibraryRig Library { get; }

    /// <summary>What the camera takes.</summary>
    public byte[] Picture { get; set; } = LibraryRig.Jpeg();

    /// <summary>What its frames say while time passes; null: what a camera at rest would.</summary>
    public FrameMetadata? Frame { get; set; }

    public SettableClock Clock => (SettableClock)time;

    public PrivacySwitch Privacy { get; }

    public CameraSession Session { get; }

    public LookLock Look => look;

    public PlaceSetting Place { get; private set; } = null!;

    public TimeLapseBook Book { get; private set; } = null!;

    /// <summary>When pictures were taken, since the rig began, on the clock that nobody sets.</summary>
    public IReadOnlyList<TimeSpan> Taken
    {
        get
        {
            lock (taken)
            {
                return [.. taken];
            }
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="data">A data folder that outlasts the rig, by the real clock; null: one of its own, by a <see cref="SettableClock"/>.</param>
    public static async Task<TimeLapseRig> StartAsync(string? data = null)
    {
        var time = data is null ? new SettableClock(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)) : TimeProvider.System;
        var rig = new TimeLapseRig(await LibraryRig.StartAsync(data, time), time);
        await rig.Session.StartAsync(Token);
        await rig.LiveAsync();
        await rig.BeginAsync();
        return rig;
    }

    /// <summary>Frames come until the camera is live.</summary>
    public Task LiveAsync() => Eventually.TrueAsync(
        () =>
        {
            Camera.Send();
            return Session.State.Condition == CameraCondition.Live;
        },
        "the camera is live",
        Token);

    /// <summary>The time-lapses anew on the same folder and settings, as after a restart.</summary>
    public async Task RestartAsync(TimeSpan? off = null, DateTimeOffset? wall = null)
    {
        await EndAsync();
        Clock.Advance(off ?? TimeSpan.Zero);
        if (wall is { } set)
        {
            Clock.SetWall(set);
        }

        await BeginAsync();
    }

    /// <summary>Lets time pass in steps, each with a frame, and the runner do in each what is due.</summary>
    public async Task PassAsync(TimeSpan time, TimeSpan? step = null)
    {
        var by = step ?? TimeSpan.FromMilliseconds(500);
        for (var passed = TimeSpan.Zero; passed < time; passed += by)
        {
            await WaitsAsync();
            Clock.Advance(by);
            Camera.Send(metadata: Frame);
        }

        await WaitsAsync();
    }

    /// <summary>Waits until the runner has done what is due, and waits for time to pass.</summary>
    public Task WaitsAsync() => Eventually.TrueAsync(() => Book.Running is null || Clock.IsWaitedFor(), "the runner waits", Token);

    public async Task<IReadOnlyList<MediaItem>> PicturesAsync(TimeLapse lapse) =>
        [.. (await Library.AllAsync(new MediaQuery { Sequence = lapse.Sequence })).Select(entry => entry.Item).OrderBy(item => item.Name, StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await Session.StopAsync(CancellationToken.None);
        Session.Dispose();
        await Library.DisposeAsync();
    }

    private async Task BeginAsync()
    {
        var gimbal = new Gimbal(Options.Create(new GimbalOptions()), time, NullLogger<Gimbal>.Instance, null);
        look = new LookLock(Session, Library.Settings, time, NullLogger<LookLock>.Instance);
        upkeep = new MediaUpkeep(Library.Library, time, NullLogger<MediaUpkeep>.Instance);
        await look.StartAsync(Token);
        Place = new PlaceSetting(Library.Settings);
        await Place.StartAsync(Token);
        Book = new TimeLapseBook(Place, Session, look, Library.Settings, time);
        await Book.StartAsync(Token);
        await upkeep.StartAsync(Token);
        await upkeep.Reconciled.WaitAsync(Token);
        var stamp = new PictureStamp(Library.Settings);
        var keeper = new PictureKeeper(
            new PictureContext(Session, new CameraName(Library.Settings), gimbal, new PresetBook(gimbal, Session, Library.Settings), time), Library.Library, stamp, time);
        runner = new TimeLapseRunner(
            Book, Session, keeper, Library.Library, upkeep, look, Place, time, NullLogger<TimeLapseRunner>.Instance);
        await runner.StartAsync(Token);
    }

    private async Task EndAsync()
    {
        await runner.StopAsync(CancellationToken.None);
        runner.Dispose();
        await upkeep.StopAsync(CancellationToken.None);
        upkeep.Dispose();
        await look.StopAsync(CancellationToken.None);
        look.Dispose();
    }
}
