using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Live.Transports;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Photography;

namespace PiCam.Blazor.Live;

/// <summary>The quiet line over the picture: how the link fares, and what the sensor uses now.</summary>
public sealed partial class StatusLine : LiveComponent
{
    private CameraState state = default!;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Parameter, EditorRequired]
    public ViewerStatistics Statistics { get; set; } = default!;

    [Parameter, EditorRequired]
    public TransportKind Transport { get; set; }

    [Inject]
    private CameraSession Session { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    private string StateText => T["State" + state.Condition];

    private string StateClass => state.Condition switch
    {
        CameraCondition.Live => "live",
        CameraCondition.Lost => "lost",
        CameraCondition.Private => "private",
        _ => "starting",
    };

    /// <summary>
    /// After so many seconds without a new picture one should be told: three that did not come, and what a stutter may take. Null: none is expected.
    /// </summary>
    private string? Patience
    {
        get
        {
            TimeSpan?[] takes = [state.Actual?.FrameDuration, state.Asked.ExposureTime, 1 / state.Asked.FrameRate is { } seconds ? TimeSpan.FromSeconds(seconds) : null];
            return state is { Condition: CameraCondition.Live, PausedForStill: false }
                ? Math.Floor(2 + (3 * (takes.Max() ?? TimeSpan.Zero).TotalSeconds)).ToString(CultureInfo.InvariantCulture)
                : null;
        }
    }

    private string Carrier => Transport == TransportKind.Auto
        ? $"{T["Transport.Auto"]} · {T["Transport." + Statistics.Carrier]}"
        : T["Transport." + (Statistics.Reason is null ? Transport : Statistics.Carrier)];

    private string FramesPerSecond =>
        string.Create(CultureInfo.InvariantCulture, $"{Statistics.FramesPerSecond:0} fps");

    private string Latency =>
        Statistics.Latency is { } latency ? string.Create(CultureInfo.InvariantCulture, $"{latency.TotalMilliseconds:0} ms") : "– ms";

    private string[] SensorText
    {
        get
        {
            var actual = state.Actual;
            string?[] parts =
            [
                actual?.ExposureTime is { } exposure ? ShutterSpeed.Format(exposure) : null,
                actual?.AnalogueGain is { } gain ? Iso.Format(gain) : null,
                actual?.ColourTemperature is { } kelvin
                    ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(kelvin / 50) * 50:0} K")
                    : null,
            ];
            return [.. parts.OfType<string>()];
        }
    }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Follow(pulse => Session.Changed += pulse, pulse => Session.Changed -= pulse);
        ReadState();
    }

    protected override void ReadState() => state = Session.State;
}
