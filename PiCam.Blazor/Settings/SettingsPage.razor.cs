using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using MudBlazor;
using PiCam.Blazor.Configuration;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;

namespace PiCam.Blazor.Settings;

/// <summary>What the owner sets, and the restart that puts it in force.</summary>
public sealed partial class SettingsPage : LiveComponent
{
    private readonly SettingsDraft draft = new();
    private Caller? caller;
    private string? session;
    private IReadOnlyList<DetectedCamera>? cameras;
    private bool needsRestart;
    private bool restarting;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private PanelSettings Panel { get; set; } = default!;

    [Inject]
    private PanelRestart Restart { get; set; } = default!;

    [Inject]
    private ICameraFinder Finder { get; set; } = default!;

    [Inject]
    private ICameraTrial Trial { get; set; } = default!;

    [Inject]
    private Gimbal Gimbal { get; set; } = default!;

    [Inject]
    private PersonAction Action { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    private IEnumerable<(string Value, string Text)> Drivers =>
    [
        ("auto", T["Auto"]),
        ("pca9685", "PCA9685 (I²C)"),
        ("pwm", T["SettingsDriverPwm"]),
        ("software", T["SettingsDriverSoftware"]),
        ("simulated", T["Simulated"]),
        ("none", T["SettingsDriverNone"]),
    ];

    /// <summary>Only what the chosen driver uses; on auto a PCA9685 is looked for.</summary>
    private IEnumerable<string> DriverFields => draft["Gimbal:Driver"] switch
    {
        "pca9685" or "auto" => ["Gimbal:Bus", "Gimbal:Address", "Gimbal:PanChannel", "Gimbal:TiltChannel"],
        "pwm" => ["Gimbal:PanPin", "Gimbal:TiltPin", "Gimbal:PwmChip"],
        "software" => ["Gimbal:PanPin", "Gimbal:TiltPin"],
        _ => [],
    };

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        var me = CallerFactory.From(user);
        session = user.FindFirstValue(PanelClaims.Session);
        if (me.May(Permission.Configure))
        {
            Follow(pulse => Panel.Changed += pulse, pulse => Panel.Changed -= pulse);
            draft.Load(Panel.Read(me));
        }

        caller = me;
        ReadState();
        if (me.May(Permission.Configure))
        {
            StateHasChanged();
            await Action.RunAsync(async () => cameras = await Finder.FindAsync(Stopping), Stopping);
            cameras ??= [];
        }
    }

    protected override void ReadState() => needsRestart = caller is { } me && me.May(Permission.Configure) && Panel.NeedsRestart(me);

    private Task SaveAsync(string section) => Action.RunAsync(async () =>
    {
        var changes = draft.Changes(section);
        await Panel.ChangeAsync(caller!, changes, Stopping);
        draft.Load(Panel.Read(caller!), section);
        Snackbar.Add(T["SettingsSaved"], Severity.Normal);
        if (changes.GetValueOrDefault("Camera:Path") is { } path && draft.Camera == SettingsDraft.ByAddress)
        {
            await TryCameraAsync(path.Trim());
        }
    });

    // Stored it is all the same: a camera may be switched off just now.
    private async Task TryCameraAsync(string path)
    {
        StateHasChanged();
        if (await Trial.TryAsync(path, Stopping) is { } reason)
        {
            Snackbar.Add(T["SettingsNoPicture", T.Say(reason)], Severity.Warning);
        }
    }

    private Task RestartAsync() => Action.RunAsync(() =>
    {
        restarting = true;
        Restart.Begin(caller!);
        return Task.CompletedTask;
    });
}
