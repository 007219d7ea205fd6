namespace PiCam.Core.Settings;

/// <summary>A change is in force but could not be written to disk, so a restart would lose it.</summary>
public sealed class SettingNotStoredException(Exception reason)
    : Exception($"The change is in force, but it could not be stored: {reason.Message}", reason);
