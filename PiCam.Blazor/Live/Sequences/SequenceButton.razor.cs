using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using PiCam.Blazor.Resources;
using PiCam.Core.Sequences;
using PiCam.Core.Stills;

namespace PiCam.Blazor.Live.Sequences;

/// <summary>Opens the sheet that takes sequences. While one is under way, of whomever, it shows how far it is, and stops it.</summary>
public sealed partial class SequenceButton : CameraControlComponent
{
    [Inject]
    private SequenceCamera Sequences { get; set; } = default!;

    [Inject]
    private StillCamera Stills { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Follow(pulse => Sequences.Changed += pulse, pulse => Sequences.Changed -= pulse);
        PulseEvery(Time, TimeSpan.FromSeconds(0.25), () => Sequences.Running?.Until is not null);
    }

    // What its key does at once.
    private string Offer => $"{T["Sequence"]} · B: {T["SequenceTake." + Sequences.Settings.Kind, Sequences.Settings.Chosen.Count]}";

    private static string Percent(SequenceState running) =>
        (100.0 * running.Kept / running.Request.Count).ToString("0", CultureInfo.InvariantCulture);

    private string Kind(SequenceState sequence) => T["SequenceKind." + sequence.Request.Kind];

    /// <summary>What there is room for on the button: the seconds until it begins, then the pictures that are still to come.</summary>
    private string Shown(SequenceState running) => running.Until is { } until
        ? Math.Max(1, (int)Math.Ceiling((until - Time.GetUtcNow()).TotalSeconds)).ToString(CultureInfo.CurrentCulture)
        : (running.Request.Count - running.Kept).ToString(CultureInfo.CurrentCulture);

    private string Progress(SequenceState running) => running.TimeLeft is { } left
        ? T["SequenceProgressLeft", running.Kept, running.Request.Count, T.Say(left)]
        : T["SequenceProgress", running.Kept, running.Request.Count];

    // While none runs, the browser itself opens the sheet.
    private Task StopAsync(SequenceState? running) => running is null ? Task.CompletedTask : Action.RunAsync(() =>
    {
        Sequences.Stop(Caller, running.Id);
        return Task.CompletedTask;
    });

    private Task StartAsync() => Action.RunAsync(async () =>
    {
        // As photos are taken; what does not move the lens or the shutter belongs to both.
        var begun = Sequences.Start(Caller, Sequences.Settings.Chosen with { Still = Stills.Settings });

        // It goes on if this page is left; the sheet shows its end to whoever opens it.
        var ended = await Sequences.WhenEndedAsync(begun.Id, Stopping);
        Snackbar.Add(
            SequenceTexts.Result(T, ended), Level(ended), ended.Kept > 0 ? Navigation.Link(T["SequenceShow"], SequenceTexts.Address(ended)) : null);
    }, Stopping);

    private static Severity Level(SequenceState ended) => ended switch
    {
        { Phase: SequencePhase.Failed } => Severity.Error,
        { Lost: > 0 } => Severity.Warning,
        { Phase: SequencePhase.Stopped } or { Skipped: > 0 } => Severity.Info,
        _ => ended.Steps.Any(step => step.IsClamped) ? Severity.Warning : Severity.Success,
    };
}
