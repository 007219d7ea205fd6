using Microsoft.Extensions.Hosting;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Media;
using PiCam.Core.Settings;
using PiCam.Core.Stills.Stamps;
using PiCam.Core.Stills.Templates;

namespace PiCam.Core.Stills;

/// <summary>Takes single pictures and keeps them in the library, with how they were taken written into them.</summary>
public sealed class StillCamera : IHostedService, IDisposable
{
    private const string SettingKey = "stills";
    private const string CounterKey = "stills.counter";

    private readonly CameraSession camera;
    private readonly PictureKeeper keeper;
    private readonly PictureStamp stamp;
    private readonly TimeProvider time;
    private readonly CheckedSetting<StillSettings> settings;
    private readonly PictureCounter counter;
    private readonly Lock gate = new();
    private readonly List<StillProgress> underWay = [];
    private CancellationTokenSource timers = new();

    public StillCamera(CameraSession camera, PictureKeeper keeper, PictureStamp stamp, ISettingsStore store, TimeProvider time)
    {
        this.camera = camera;
        this.keeper = keeper;
        this.stamp = stamp;
        this.time = time;
        settings = new(store, SettingKey, new(), s => s.Check());
        settings.Changed += () => Changed?.Invoke();
        counter = new PictureCounter(store, CounterKey);
    }

    /// <summary><see cref="Settings"/> or <see cref="UnderWay"/> changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    /// <summary>How the button takes pictures.</summary>
    public StillSettings Settings => settings.Value;

    /// <summary>The pictures that are on their way, in the order in which they were asked for.</summary>
    public IReadOnlyList<StillProgress> UnderWay
    {
        get
        {
            lock (gate)
            {
                return [.. underWay];
            }
        }
    }

    /// <summary>Changes how the button takes pictures. In force at once, and stored when this returns.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="change">Makes the new settings from the present ones.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">They cannot be used; nothing was changed.</exception>
    /// <exception cref="SettingNotStoredException">They are in force, but a restart would forget them.</exception>
    public Task SetAsync(Caller caller, Func<StillSettings, StillSettings> change)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Capture);
        return settings.ChangeAsync(change);
    }

    /// <summary>Takes a picture. When this returns it is in the library, and outlasts a power cut.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="how">Null: as <see cref="Settings"/> say. A size that is larger than the camera's largest means that one.</param>
    /// <param name="name">What to call it; null: by <see cref="StillSettings.NameTemplate"/>.</param>
    /// <param name="cancellationToken">Gives it up, self-timer and all, until it is taken.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">It cannot be taken so.</exception>
    /// <exception cref="CameraLostException">The camera is not live.</exception>
    /// <exception cref="StillFailedException">The camera did not take it.</exception>
    /// <exception cref="MediaStorageException">It could not be kept.</exception>
    /// <exception cref="SettingNotStoredException">Its number could not be stored, so it was not taken.</exception>
    /// <exception cref="OperationCanceledException">Somebody stopped the self-timer.</exception>
    public async Task<MediaItem> TakeAsync(Caller caller, StillSettings? how, string? name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Capture);
        how = Checked(how ?? Settings);
        var progress = new StillProgress(caller.Name, how.SelfTimer > TimeSpan.Zero ? time.GetUtcNow() + how.SelfTimer : null);
        Show(null, progress);
        try
        {
            if (how.SelfTimer > TimeSpan.Zero)
            {
                await WaitAsync(how.SelfTimer, cancellationToken).ConfigureAwait(false);
                var taking = progress with { Until = null };
                Show(progress, taking);
                progress = taking;
            }

            var template = NameTemplate.Parse(how.NameTemplate);
            var number = await NumberAsync(how, name is null && template.HasCounter).ConfigureAwait(false);
            var frame = await camera.CaptureAsync(caller, how.For(camera.State.Capabilities), cancellationToken).ConfigureAwait(false);
            var takenAt = time.GetLocalNow();
            var media = new NewMedia(MediaKind.Still, name ?? template.Fill(new NameValues(keeper.CameraName, "still", takenAt, number)))
            {
                TakenAt = takenAt,
            };
            var wishes = new PictureWishes { Stamp = how.Stamp, Description = how.Description, Counter = number, Quality = how.Quality };

            // It is taken: whoever has gone meanwhile finds it in the library.
            return await keeper.KeepAsync(caller, frame, media, wishes: wishes).ConfigureAwait(false);
        }
        finally
        {
            Show(progress, null);
        }
    }

    /// <summary>Stops every self-timer that runs; a picture that is being taken is taken.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public void StopTimers(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Capture);
        CancellationTokenSource stopped;
        lock (gate)
        {
            (stopped, timers) = (timers, new CancellationTokenSource());
        }

        stopped.Cancel();
        stopped.Dispose();
    }

    /// <summary>Takes over what was stored.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await settings.LoadAsync(cancellationToken).ConfigureAwait(false);
        await counter.LoadAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => timers.Dispose();

    private static StillSettings Checked(StillSettings settings) =>
        settings.Check() is { Count: > 0 } errors ? throw new InvalidValueException(errors) : settings;

    // A number costs a write to the disk: only where somebody will read it.
    private async Task<long> NumberAsync(StillSettings how, bool inName)
    {
        var set = stamp.Settings;
        var onStamp = (how.Stamp ?? set.IsOn) && StampTemplate.Parse(set.Template).HasCounter;
        return inName || onStamp ? await counter.NextAsync().ConfigureAwait(false) : 0;
    }

    private async Task WaitAsync(TimeSpan span, CancellationToken cancellationToken)
    {
        CancellationToken stopped;
        lock (gate)
        {
            stopped = timers.Token;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopped, cancellationToken);
        await Task.Delay(span, time, either.Token).ConfigureAwait(false);
    }

    private void Show(StillProgress? before, StillProgress? now)
    {
        lock (gate)
        {
            if (before is not null)
            {
                underWay.Remove(before);
            }

            if (now is not null)
            {
                underWay.Add(now);
            }
        }

        Changed?.Invoke();
    }
}
