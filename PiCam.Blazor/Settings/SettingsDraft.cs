using PiCam.Blazor.Configuration;
using PiCam.Core.Cameras;

namespace PiCam.Blazor.Settings;

/// <summary>What stands in the fields of the settings page, until it is stored.</summary>
public sealed class SettingsDraft
{
    /// <summary>The choice of a camera whose address is typed.</summary>
    public const string ByAddress = "address";

    private readonly Dictionary<string, PanelSetting> stored = [];
    private readonly Dictionary<string, string> values = [];

    /// <summary>What stands in the field of a key; empty: nothing.</summary>
    public string this[string name]
    {
        get => values.GetValueOrDefault(name, "");
        set => values[name] = value ?? "";
    }

    /// <summary>Which camera, as one choice: <c>auto</c>, <c>simulated</c>, <see cref="ByAddress"/>, or what <see cref="ChoiceOf"/> says.</summary>
    public string Camera
    {
        get => this["Camera:Source"] switch
        {
            "ffmpeg" when this["Camera:Path"].StartsWith("/dev/", StringComparison.Ordinal) => $"{CameraSource.Webcam}|{this["Camera:Path"]}",
            "ffmpeg" => ByAddress,
            "libcamera" => $"{CameraSource.Libcamera}|{this["Camera:Id"]}",
            "rpicam" => $"{CameraSource.Rpicam}|{this["Camera:Id"]}",
            var source => source,
        };

        set
        {
            var parts = (value ?? "auto").Split('|', 2);
            (this["Camera:Source"], this["Camera:Id"], this["Camera:Path"]) = parts switch
            {
                [nameof(CameraSource.Webcam), var device] => ("ffmpeg", "", device),
                [nameof(CameraSource.Libcamera), var id] => ("libcamera", id, ""),
                [nameof(CameraSource.Rpicam), var id] => ("rpicam", id, ""),
                [ByAddress] => ("ffmpeg", "", Camera == ByAddress ? this["Camera:Path"] : ""),
                [var source, ..] => (source, "", ""),
                _ => ("auto", "", ""),
            };
        }
    }

    /// <summary>A camera that was found, as a choice of <see cref="Camera"/>.</summary>
    public static string ChoiceOf(DetectedCamera camera)
    {
        ArgumentNullException.ThrowIfNull(camera);
        return $"{camera.Source}|{camera.Id}";
    }

    /// <summary>Takes over what is stored.</summary>
    /// <param name="settings">All settings.</param>
    /// <param name="section">Only those of this section, such as <c>Camera</c>; null: all.</param>
    public void Load(IReadOnlyList<PanelSetting> settings, string? section = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        foreach (var setting in settings.Where(one => section is null || IsOf(one.Key.Name, section)))
        {
            stored[setting.Key.Name] = setting;
            values[setting.Key.Name] = setting.Value ?? "";
        }
    }

    /// <summary>Whether the page may change it.</summary>
    public bool MayChange(string name) => stored.GetValueOrDefault(name)?.MayChange != false;

    /// <summary>What is not as it is stored, of one section; null: nothing stands in the field.</summary>
    public IReadOnlyDictionary<string, string?> Changes(string section) => values
        .Where(pair => IsOf(pair.Key, section) && MayChange(pair.Key) && pair.Value.Trim() != (stored[pair.Key].Value ?? ""))
        .ToDictionary(pair => pair.Key, pair => pair.Value.Trim().Length == 0 ? null : pair.Value);

    private static bool IsOf(string name, string section) => name.StartsWith(section + ":", StringComparison.Ordinal);
}
