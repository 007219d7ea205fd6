using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Media;
using PiCam.Core.Privacy;
using PiCam.Core.Sequences;
using PiCam.Core.Stills;
using PiCam.Core.Stills.Stamps;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Sequences;

/// <summary>Sequences on a camera that the test plays, into a real library, by the real clock.</summary>
internal sealed class SequenceRig : IAsyncDisposable
{
    /// <summary>Three pictures, a step apart.</summary>
    public static readonly SequenceRequest Bracket = new() { Kind = SequenceKind.Bracket, Count = 3, Step = 1 };

    private readonly MemorySettingsStore store = new();
    private readonly FakeCamera? fake;

    private SequenceRig(LibraryRig library, ICamera camera)
    {
        Library = library;
        fake = camera as FakeCamera;
        Privacy = new PrivacySwitch(store, TimeProvider.System);
        Session = new CameraSession(camera, new FakeSetup(), Privacy, store, TimeProvider.System, NullLogger<CameraSession>.Instance);
        Sequences = NewCamera();
    }

    public LibraryRig Library { get; }

    public PrivacySwitch Privacy { get; }

    public CameraSession Session { get; }

    public SequenceCamera Sequences { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts, and waits until the camera is live.</summary>
    /// <param name="camera">A <see cref="FakeCamera"/> is made to deliver.</param>
    /// <param name="data">A data folder that outlasts the rig; null: one of its own.</param>
    public static async Task<SequenceRig> StartAsync(ICamera camera, string? data = null)
    {
        var rig = new SequenceRig(await LibraryRig.StartAsync(data, TimeProvider.System), camera);
        await rig.Session.StartAsync(Token);
        if (rig.fake is { } fake)
        {
            // One frame and no more: what nobody has read yet would be the beginning of the next burst.
            await Eventually.TrueAsync(() => fake.IsOpen, "the camera is open", Token);
            fake.Send(LibraryRig.Jpeg());
        }

        await Eventually.TrueAsync(() => rig.Session.State.Condition == CameraCondition.Live, "the camera is live", Token);
        return rig;
    }

    /// <summary>The same with a camera whose stills are real pictures.</summary>
    public static async Task<SequenceRig> StartWithStillsAsync(FakeCamera camera)
    {
        var rig = await StartAsync(camera);
        var jpeg = LibraryRig.Jpeg();
        camera.TakesStill = (request, _) => Task.FromResult(camera.Still(request) with { Jpeg = jpeg });
        return rig;
    }

    /// <summary>Another one on the same library, as after a restart.</summary>
    public SequenceCamera NewCamera()
    {
        var gimbal = new Gimbal(Options.Create(new GimbalOptions()), TimeProvider.System, NullLogger<Gimbal>.Instance, null);
        var presets = new PresetBook(gimbal, Session, store);
        var keeper = new PictureKeeper(
            new PictureContext(Session, new CameraName(store), gimbal, presets, TimeProvider.System), Library.Library, new PictureStamp(store), TimeProvider.System);
        return new SequenceCamera(Session, keeper, store, TimeProvider.System, NullLogger<SequenceCamera>.Instance);
    }

    /// <summary>Waits for the end of a sequence; a camera that the test plays goes on streaming meanwhile, but for a burst of its stream.</summary>
    public async Task<SequenceState> EndAsync(SequenceState sequence, SequenceCamera? camera = null)
    {
        var ended = (camera ?? Sequences).WhenEndedAsync(sequence.Id, Token);
        await Eventually.TrueAsync(
            () =>
            {
                if (!sequence.Request.IsOfStream)
                {
                    fake?.Send(LibraryRig.Jpeg());
                }

                return ended.IsCompleted;
            },
            "the sequence ends",
            Token);
        return await ended;
    }

    /// <summary>The pictures of a sequence, oldest first.</summary>
    public async Task<MediaItem[]> PicturesAsync(SequenceState sequence) =>
        [.. (await Library.AllAsync(new MediaQuery { Sequence = sequence.Id })).Select(entry => entry.Item).Reverse()];

    public async ValueTask DisposeAsync()
    {
        await Sequences.StopAsync(CancellationToken.None);
        await Session.StopAsync(CancellationToken.None);
        Session.Dispose();
        await Library.DisposeAsync();
    }
}
