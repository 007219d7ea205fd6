using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Settings;
using PiCam.Core.Stills;

namespace PiCam.Core.Sequences;

/// <summary>Takes bursts, brackets and focus series, one at a time, and keeps their pictures in the library. They go on when who asked has left.</summary>
public sealed class SequenceCamera : IHostedService
{
    /// <summary>How many sequences are remembered, until the panel ends.</summary>
    public const int Remembered = 20;

    private const string SettingKey = "sequences";

    private readonly CameraSession camera;
    private readonly PictureKeeper keeper;
    private readonly TimeProvider time;
    private readonly ILogger<SequenceCamera> logger;
    private readonly CheckedSetting<SequenceSettings> settings;
    private readonly Lock gate = new();
    private readonly List<SequenceRun> runs = [];

    public SequenceCamera(CameraSession camera, PictureKeeper keeper, ISettingsStore store, TimeProvider time, ILogger<SequenceCamera> logger)
    {
        this.camera = camera;
        this.keeper = keeper;
        this.time = time;
        this.logger = logger;
        settings = new(store, SettingKey, new(), s => s.Check());
        settings.Changed += () => Changed?.Invoke();
    }

    /// <summary>
    /// <see cref="Settings"/> or one of <see cref="All"/> changed: for every picture, if need be. Raised on any thread; handlers must
    /// return quickly and not throw.
    /// </summary>
    public event Action? Changed;

    /// <summary>What the button takes.</summary>
    public SequenceSettings Settings => settings.Value;

    /// <summary>The sequences since the panel started, newest first, at most <see cref="Remembered"/>.</summary>
    public IReadOnlyList<SequenceState> All
    {
        get
        {
            lock (gate)
            {
                return [.. runs.Select(run => run.State)];
            }
        }
    }

    /// <summary>The one that is under way; null: none.</summary>
    public SequenceState? Running => All.FirstOrDefault(sequence => sequence.IsUnderWay);

    /// <summary>One of <see cref="All"/>.</summary>
    /// <exception cref="SequenceMissingException">There is none of this id.</exception>
    public SequenceState Find(string id) => Run(id).State;

    /// <summary>Changes what the button takes. In force at once, and stored when this returns.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="change">Makes the new settings from the present ones.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">They cannot be used; nothing was changed.</exception>
    /// <exception cref="SettingNotStoredException">They are in force, but a restart would forget them.</exception>
    public Task SetAsync(Caller caller, Func<SequenceSettings, SequenceSettings> change)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Capture);
        return settings.ChangeAsync(change);
    }

    /// <summary>Begins a sequence, and returns at once; its state tells how it goes on.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="request">Which.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">It cannot be taken so.</exception>
    /// <exception cref="SequenceRefusedException">This camera cannot take it, or another one is under way.</exception>
    /// <exception cref="CameraLostException">The camera is not live.</exception>
    public SequenceState Start(Caller caller, SequenceRequest request)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        caller.Demand(Permission.Capture);
        Refuse(request.Check());
        var seen = camera.State;
        if (seen is not { Condition: CameraCondition.Live, Capabilities: { } capabilities })
        {
            throw new CameraLostException(seen.WhyNot);
        }

        Refuse(request.Check(capabilities));
        SequenceRun run;
        lock (gate)
        {
            if (runs.FirstOrDefault(other => other.State.IsUnderWay) is { } other)
            {
                throw new SequenceRefusedException(SequenceFault.UnderWay(other.State.By));
            }

            run = new SequenceRun(camera, keeper, time, logger, caller, request, () => Changed?.Invoke());
            runs.Insert(0, run);
            runs.RemoveRange(Math.Min(Remembered, runs.Count), Math.Max(0, runs.Count - Remembered));
        }

        run.Begin();
        return run.State;
    }

    /// <summary>Takes no more pictures of a sequence; those that were taken are kept. Nothing if it has ended.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="id">Of the sequence.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="SequenceMissingException">There is none of this id.</exception>
    public void Stop(Caller caller, string id)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Capture);
        Run(id).Stop();
    }

    /// <summary>Waits for the end of a sequence.</summary>
    /// <param name="id">Of the sequence.</param>
    /// <param name="cancellationToken">Gives up waiting; the sequence goes on.</param>
    /// <exception cref="SequenceMissingException">There is none of this id.</exception>
    public async Task<SequenceState> WhenEndedAsync(string id, CancellationToken cancellationToken)
    {
        var run = Run(id);
        await run.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        return run.State;
    }

    /// <summary>Takes over what was stored.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => settings.LoadAsync(cancellationToken);

    /// <summary>Stops what is under way, and keeps what was taken.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        SequenceRun[] all;
        lock (gate)
        {
            all = [.. runs];
        }

        foreach (var run in all)
        {
            run.Stop();
            await run.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Refuse(IReadOnlyList<InvalidValue> errors)
    {
        if (errors.Count > 0)
        {
            throw new InvalidValueException(errors);
        }
    }

    private SequenceRun Run(string id)
    {
        lock (gate)
        {
            return runs.FirstOrDefault(run => run.State.Id == id) ?? throw new SequenceMissingException(id);
        }
    }
}
