using PiCam.Core;

namespace PiCam.Blazor.Configuration;

/// <summary>
/// The one table of what the owner may set from the page. What starts programs, opens files or ports, or widens what may be reached
/// is not in it: that stays with whoever has the console.
/// </summary>
public static class PanelKeys
{
    public static IReadOnlyList<PanelKey> All { get; } =
    [
        new("Camera:Source", SettingKind.Text, "auto"),
        new("Camera:Id", SettingKind.Text),
        new("Camera:Path", SettingKind.Text) { IsSecret = true },
        new("Camera:Width", SettingKind.Whole, "1280"),
        new("Camera:Height", SettingKind.Whole, "720"),
        new("Camera:Quality", SettingKind.Whole, "80"),
        new("Gimbal:Driver", SettingKind.Text, "auto"),
        new("Gimbal:Bus", SettingKind.Whole, "1"),
        new("Gimbal:Address", SettingKind.Whole, "64"),
        new("Gimbal:PanChannel", SettingKind.Whole, "0"),
        new("Gimbal:TiltChannel", SettingKind.Whole, "1"),
        new("Gimbal:PanPin", SettingKind.Whole, "18"),
        new("Gimbal:TiltPin", SettingKind.Whole, "19"),
        new("Gimbal:PwmChip", SettingKind.Whole),
        new("Lights:LedPin", SettingKind.Whole),
        new("Lights:LedActiveLow", SettingKind.Boolean, "False"),
        new("Lights:LampPin", SettingKind.Whole),
        new("Lights:LampActiveLow", SettingKind.Boolean, "False"),
        new("Lights:LampOnBelow", SettingKind.Number, "10"),
        new("Lights:LampOffAbove", SettingKind.Number, "30"),
        new("Network:AllowedHosts", SettingKind.List),
    ];

    /// <summary>Of a value that is none.</summary>
    public static Reason AWholeNumber { get; } = new("a whole number", "allowed.aWholeNumber");

    /// <summary>Of a camera that is not there.</summary>
    public static Reason ADetectedCamera { get; } = new("a camera that PiCam finds now", "allowed.aDetectedCamera");

    /// <summary>Of an address with its secret part left out.</summary>
    public static Reason TheWholeAddress { get; } = new("the whole address, with user and password", "allowed.theWholeAddress");

    /// <summary>Of a setting that somebody else has the say of.</summary>
    public static Reason SetByTheConsole { get; } =
        new("only what the command line or the environment says", "allowed.setByTheConsole");

    /// <summary>The key that this one of the configuration belongs to; null: it is none of these.</summary>
    public static PanelKey? Find(string name) => All.FirstOrDefault(key => key.Owns(name));
}
