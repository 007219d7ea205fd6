using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Media;
using PiCam.Core.Sequences;
using PiCam.Core.Stills;

namespace PiCam.Blazor.Live.Stills;

/// <summary>The button that takes a picture, and the newest one that somebody took. While a self-timer runs, it stops it.</summary>
public sealed partial class ShutterButton : CameraControlComponent
{
    // Not a time-lapse's, which nobody took by hand.
    private static readonly MediaQuery Newest = new() { Kinds = [MediaKind.Still, MediaKind.Burst, MediaKind.Bracket, MediaKind.Focus], Count = 1 };

    // Each look may have a thumbnail made.
    private static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(1);

    private MediaItem? last;
    private volatile bool stale = true;
    private long? looked;

    [Inject]
    private MediaLibrary Library { get; set; } = default!;

    [Inject]
    private StillCamera Stills { get; set; } = default!;

    [Inject]
    private SequenceCamera Sequences { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    private StillProgress? Timer => Stills.UnderWay.FirstOrDefault(picture => picture.Until is not null);

    // A sequence has one that is newer right away, and needs the machine.
    private bool IsDue => stale && Caller.May(Permission.Capture) && Sequences.Running is null && (looked is not { } then || Time.GetElapsedTime(then) >= LooksEvery);

    private string SecondsLeft => Timer?.Until is { } until
        ? Math.Max(1, (int)Math.Ceiling((until - Time.GetUtcNow()).TotalSeconds)).ToString(CultureInfo.CurrentCulture)
        : "";

    private string Said => Timer is { } timer ? T["SelfTimerRuns", timer.By] : Stills.UnderWay.Count > 0 ? T["TakingPicture"] : "";

    public override async ValueTask DisposeAsync()
    {
        Library.Changed -= OnLibraryChanged;
        await base.DisposeAsync();
    }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Library.Changed += OnLibraryChanged;
        Follow(pulse => Stills.Changed += pulse, pulse => Stills.Changed -= pulse);
        PulseEvery(Time, TimeSpan.FromSeconds(0.25), () => Timer is not null || IsDue);
    }

    protected override async Task OnPulseAsync()
    {
        await base.OnPulseAsync();
        if (IsDue)
        {
            (stale, looked) = (false, Time.GetTimestamp());
            await Action.RunAsync(async () => last = (await Library.PageAsync(Caller, Newest, Stopping)).Entries is [var newest] ? newest.Item : null, Stopping);
            StateHasChanged();
        }
    }

    private void OnLibraryChanged(MediaChange change) => stale = true;

    private Task PressAsync() => Action.RunAsync(async () =>
    {
        if (Timer is not null)
        {
            Stills.StopTimers(Caller);
            return;
        }

        if (Off is not null)
        {
            // Not only after the self-timer.
            throw new CameraLostException(State.WhyNot);
        }

        try
        {
            // Not with the page: who leaves after pressing the button still wants the picture.
            last = await Stills.TakeAsync(Caller, how: null, name: null, CancellationToken.None);
            stale = true;
            Snackbar.Add(T["PictureKept", last.Name, $"{last.Size}", QuantityTexts.Bytes(last.Bytes)], Severity.Success);
        }
        catch (OperationCanceledException)
        {
            Snackbar.Add(T["SelfTimerStopped"], Severity.Info);
        }
    });
}
