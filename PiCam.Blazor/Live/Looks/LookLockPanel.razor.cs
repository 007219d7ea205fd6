using System.Globalization;
using Microsoft.AspNetCore.Components;
using PiCam.Core.Photography;
using PiCam.Core.Photography.Looks;

namespace PiCam.Blazor.Live.Looks;

/// <summary>"Lock this look", and what it holds.</summary>
public sealed partial class LookLockPanel : CameraControlComponent
{
    private static readonly int[] Choices = [0, 10, 30, 60, 180];

    [Inject]
    private LookLock Lock { get; set; } = default!;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Follow(pulse => Lock.Changed += pulse, pulse => Lock.Changed -= pulse);
    }

    private static string Fraction(double progress) => progress.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Stops(double? stops) => Math.Abs(stops ?? 0).ToString("0.0", CultureInfo.CurrentCulture);

    private static string When(DateTimeOffset? at) => at?.ToLocalTime().ToString("t", CultureInfo.CurrentCulture) ?? "";

    private string Frozen(FrozenControls frozen)
    {
        string?[] parts =
        [
            frozen.ExposureTime is { } time ? ShutterSpeed.Format(time) : null,
            frozen.AnalogueGain is { } gain ? Iso.Format(gain) : null,
            frozen.ColourGains is { } gains
                ? T["LookColour", gains.Red.ToString("0.00", CultureInfo.CurrentCulture), gains.Blue.ToString("0.00", CultureInfo.CurrentCulture)].Value
                : null,
            frozen.ColourTemperature is { } kelvin ? kelvin.ToString("0", CultureInfo.CurrentCulture) + " K" : null,
        ];
        var held = string.Join(" · ", parts.OfType<string>());
        return held.Length > 0 ? held : T["LookByHand"];
    }

    private Task ToggleAsync() => Action.RunAsync(() =>
        Lock.State.Condition == LookCondition.Free ? Lock.LockAsync(Caller) : Lock.ReleaseAsync(Caller));

    private Task SettleEveryAsync(ChangeEventArgs e) => Action.RunAsync(() =>
        Lock.SettleEveryAsync(Caller, int.Parse((string)e.Value!, CultureInfo.InvariantCulture)));
}
