namespace PiCam.Blazor.Configuration;

/// <summary>Who said what a setting is.</summary>
public enum SettingOrigin
{
    /// <summary>Nobody, or whoever installed PiCam, in <c>appsettings.json</c>.</summary>
    Default,

    /// <summary>The owner: <c>panel.json</c>.</summary>
    File,

    /// <summary>The environment or the command line, which win; the page cannot change it.</summary>
    Console,
}
