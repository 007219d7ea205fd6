namespace PiCam.Blazor.Configuration;

/// <summary>A setting as it will be in force after a restart.</summary>
/// <param name="Key">Which one.</param>
/// <param name="Value">What it is, without secrets; null: nothing.</param>
/// <param name="Origin">Who said so.</param>
public sealed record PanelSetting(PanelKey Key, string? Value, SettingOrigin Origin)
{
    /// <summary>Whether the page may change it.</summary>
    public bool MayChange => Origin != SettingOrigin.Console;
}
