using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Calibration;

namespace PiCam.Blazor.Calibration;

/// <summary>One axis under calibration: steps and marks, what the person knows of it, a check, and the end.</summary>
public sealed partial class AxisWizard : LiveComponent
{
    private static readonly int[] Steps = [-50, -10, 10, 50];

    private readonly Entries form = new();
    private double pulse;
    private bool checking;
    private JitterResult? jitter;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Parameter, EditorRequired]
    public CalibrationRun Run { get; set; } = default!;

    [Inject]
    private Calibrator Calibrator { get; set; } = default!;

    [Inject]
    private JitterCheck Jitter { get; set; } = default!;

    [Inject]
    private Gimbal Gimbal { get; set; } = default!;

    [Inject]
    private PersonAction Action { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    private (string Field, double? Pulse, Action<Caller> Set)[] Marks =>
    [
        ("lowEnd", Run.LowEnd, Calibrator.MarkLowEnd),
        ("centre", Run.Centre, Calibrator.MarkCentre),
        ("highEnd", Run.HighEnd, Calibrator.MarkHighEnd),
    ];

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Follow(told => Gimbal.Changed += told, told => Gimbal.Changed -= told);
        ReadState();

        // What is in force already is where most calibrations begin again.
        if ((Run.Axis == Axis.Pan ? Calibrator.Stored.Pan : Calibrator.Stored.Tilt) is { } before)
        {
            form.Take(before);
        }
    }

    protected override void ReadState() => pulse = Calibrator.PulseOf(Run.Axis);

    private static string Whole(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    private static string Signed(int step) => step.ToString("+0;−0", CultureInfo.InvariantCulture);

    private static string X(double pulse) => ((pulse - 500) / 10).ToString("0.#", CultureInfo.InvariantCulture);

    private Task NudgeAsync(int step) => MarkAsync(caller => Calibrator.Nudge(caller, step));

    private Task MarkAsync(Action<Caller> set) => Action.RunAsync(() =>
    {
        set(Caller);
        return Task.CompletedTask;
    });

    private Task CheckAsync() => Action.RunAsync(async () =>
    {
        checking = true;
        StateHasChanged();
        try
        {
            jitter = await Jitter.RunAsync(Caller, Stopping);
        }
        finally
        {
            checking = false;
        }
    }, Stopping);

    private Task SaveAsync() => Action.RunAsync(async () =>
    {
        await Calibrator.FinishAsync(Caller, form.ToForm());
        Snackbar.Add(T["CalibrationSaved"], Severity.Success);
    });

    /// <summary>What stands in the fields.</summary>
    private sealed class Entries
    {
        public bool Inverted { get; set; }

        public double Turn { get; set; } = 180;

        public double? MinimumAngle { get; set; }

        public double? MaximumAngle { get; set; }

        public double HomeAngle { get; set; }

        public double MaximumSpeed { get; set; } = 60;

        public double DetachAfter { get; set; } = 5;

        public void Take(AxisSettings before)
        {
            Inverted = before.Inverted;
            Turn = before is { MinimumPulse: { } low, MaximumPulse: { } high } ? Math.Round((high - low) / before.PulsePerDegree) : Turn;
            HomeAngle = before.HomeAngle;
            MaximumSpeed = before.MaximumSpeed;
            DetachAfter = before.DetachAfter;
        }

        public CalibrationForm ToForm() => new()
        {
            Inverted = Inverted,
            Turn = Turn,
            MinimumAngle = MinimumAngle,
            MaximumAngle = MaximumAngle,
            HomeAngle = HomeAngle,
            MaximumSpeed = MaximumSpeed,
            DetachAfter = DetachAfter,
        };
    }
}
