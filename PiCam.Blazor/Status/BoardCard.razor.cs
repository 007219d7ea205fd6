using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;
using PiCam.Core.Boards;

namespace PiCam.Blazor.Status;

/// <summary>The board's health, its restart and its shut-down.</summary>
public sealed partial class BoardCard : LiveComponent
{
    private readonly List<BoardAction> allowed = [];
    private BoardHealth health = new();
    private bool asked;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Inject]
    private BoardMonitor Monitor { get; set; } = default!;

    [Inject]
    private BoardPower Power { get; set; } = default!;

    [Inject]
    private PersonAction Action { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Follow(pulse => Monitor.Changed += pulse, pulse => Monitor.Changed -= pulse);
        ReadState();
        try
        {
            foreach (var action in Enum.GetValues<BoardAction>())
            {
                if (await Power.AllowsAsync(Caller, action, Stopping))
                {
                    allowed.Add(action);
                }
            }

            asked = true;
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
            // The page was left before the system had answered.
        }
    }

    protected override void ReadState() => health = Monitor.Health;

    private static string Icon(BoardAction action) => action switch
    {
        BoardAction.ShutDown => Icons.Material.Outlined.PowerSettingsNew,
        _ => Icons.Material.Outlined.RestartAlt,
    };

    private string Verdict(PowerFlags power, PowerFlags now, PowerFlags occurred, string what) =>
        T[what + ((power & now) != 0 ? "BadNow" : (power & occurred) != 0 ? "WasBad" : "Good")];

    private string ProcessorText(double use) => health.Load is { } load
        ? T["ProcessorUseAndLoad", use.ToString("P0", CultureInfo.CurrentCulture), load.ToString("0.0", CultureInfo.CurrentCulture), health.Cores]
        : use.ToString("P0", CultureInfo.CurrentCulture);

    private string SpaceText(Space space) => T["FreeOf", QuantityTexts.Bytes(space.Free), QuantityTexts.Bytes(space.Total)];

    private Task RunAsync(BoardAction action) => Action.RunAsync(async () =>
    {
        // Not cancelled when the page goes: it goes because of this.
        await Power.RunAsync(Caller, action, CancellationToken.None);
        Snackbar.Add(T["Board" + action + "Begins"], Severity.Info);
    });
}
