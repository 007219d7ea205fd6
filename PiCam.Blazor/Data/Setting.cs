namespace PiCam.Blazor.Data;

/// <summary>One stored setting.</summary>
public sealed class Setting
{
    /// <summary>Such as <c>camera.controls</c>.</summary>
    public required string Key { get; set; }

    /// <summary>JSON.</summary>
    public required string Value { get; set; }
}
