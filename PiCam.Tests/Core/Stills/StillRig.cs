using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Media;
using PiCam.Core.Privacy;
using PiCam.Core.Settings;
using PiCam.Core.Stills;
using PiCam.Core.Stills.Stamps;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Stills;

/// <summary>All that takes pictures, live, on a camera that the test plays, with a real library and a clock that the test sets.</summary>
internal sealed class StillRig : IAsyncDisposable
{
    private readonly PictureKeeper keeper;

    private readonly ISettingsStore settings;

    private StillRig(LibraryRig library, ISettingsStore? settings)
    {
        Library = library;
        this.settings = settings ?? Store;
        Session = new CameraSession(
            Camera, new FakeSetup(), new PrivacySwitch(Store, library.Time), Store, library.Time, NullLogger<CameraSession>.Instance);
        var gimbal = new Gimbal(Options.Create(new GimbalOptions()), library.Time, NullLogger<Gimbal>.Instance, null);
        Name = new CameraName(Store);
        Stamp = new PictureStamp(Store);
        keeper = new PictureKeeper(
            new PictureContext(Session, Name, gimbal, new PresetBook(gimbal, Session, Store), library.Time), library.Library, Stamp, library.Time);
        Stills = MakeStills();
    }

    public FakeCamera Camera { get; } = new();

    public MemorySettingsStore Store { get; } = new();

    public LibraryRig Library { get; }

    public CameraSession Session { get; }

    public CameraName Name { get; }

    public PictureStamp Stamp { get; }

    public StillCamera Stills { get; private set; }

    /// <param name="data">A data folder that outlasts the rig, with the pictures' numbers, too, by the real clock; null: one of its own.</param>
    public static async Task<StillRig> StartAsync(string? data = null)
    {
        var library = await LibraryRig.StartAsync(data, data is null ? null : TimeProvider.System);
        var rig = new StillRig(library, data is null ? null : library.Settings);
        await rig.Stills.StartAsync(TestContext.Current.CancellationToken);
        await rig.Session.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(
            () =>
            {
                rig.Camera.Send();
                return rig.Session.State.Condition == CameraCondition.Live;
            },
            "the camera is live",
            TestContext.Current.CancellationToken);
        rig.Camera.TakesStill = (request, _) => Task.FromResult(rig.Camera.Still(request) with { Jpeg = LibraryRig.Jpeg() });
        return rig;
    }

    /// <summary>As after a restart of the panel: only what is stored is known.</summary>
    public async Task RestartStillsAsync()
    {
        Stills.Dispose();
        Stills = MakeStills();
        await Stills.StartAsync(TestContext.Current.CancellationToken);
    }

    public byte[] File(MediaItem item) => System.IO.File.ReadAllBytes(Path.Combine(Library.Media, item.Path));

    public async ValueTask DisposeAsync()
    {
        await Session.StopAsync(CancellationToken.None);
        Session.Dispose();
        Stills.Dispose();
        await Library.DisposeAsync();
    }

    private StillCamera MakeStills() => new(Session, keeper, Stamp, settings, Library.Time);
}
