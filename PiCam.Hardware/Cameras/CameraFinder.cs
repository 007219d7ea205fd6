using System.Text.Json;
using Microsoft.Extensions.Logging;
using PiCam.Core.Cameras;
using PiCam.Hardware.Libcamera;
using PiCam.Hardware.Processes;
using PiCam.Hardware.Rpicam;
using PiCam.Hardware.V4l2;

namespace PiCam.Hardware.Cameras;

/// <summary>Asks the camera helper, Raspberry Pi's own program and the kernel which cameras there are.</summary>
/// <param name="helper">What Camera:Helper says.</param>
/// <param name="rpicam">A path or a name; null: the usual names.</param>
/// <param name="look">Finds webcams.</param>
/// <param name="time">The clock of the watchdog.</param>
/// <param name="logger">Learns of what cannot be asked.</param>
internal sealed partial class CameraFinder(
    string? helper, string? rpicam, Func<IReadOnlyList<V4l2Sighting>> look, TimeProvider time, ILogger<CameraFinder> logger) : ICameraFinder
{
    public async Task<IReadOnlyList<DetectedCamera>> FindAsync(CancellationToken cancellationToken)
    {
        // One after the other: both open the same camera manager's devices.
        var own = await AskAsync(HelperPlace.Find(helper), HelperPlace.Name, ["--list"], Listed, cancellationToken).ConfigureAwait(false);
        var program = RpicamProgram.Find(rpicam);
        var others = await AskAsync(
            program, "rpicam-vid", ["--list-cameras"],
            text => RpicamListing.Parse(text).Select(camera => new DetectedCamera(CameraSource.Rpicam, camera.Id, camera.Model)),
            cancellationToken).ConfigureAwait(false);
        var webcams = look().Where(device => device.Identity is { } identity && WebcamRules.Refuse(identity) is null)
            .Select(device => new DetectedCamera(CameraSource.Webcam, device.Path, device.Identity!.Card));
        return [.. own, .. others, .. webcams];
    }

    private static IEnumerable<DetectedCamera> Listed(string text)
    {
        using var document = JsonDocument.Parse(text);
        return
        [
            .. document.RootElement.EnumerateArray().Select(camera => new DetectedCamera(
                CameraSource.Libcamera, camera.GetProperty("id").GetString()!, camera.GetProperty("model").GetString() ?? "")),
        ];
    }

    private async Task<IReadOnlyList<DetectedCamera>> AskAsync(
        string? executable, string name, string[] arguments, Func<string, IEnumerable<DetectedCamera>> read, CancellationToken cancellationToken)
    {
        if (executable is null)
        {
            return [];
        }

        try
        {
            var command = new ChildCommand { Name = name, Executable = executable, Arguments = arguments };
            return [.. read(await ChildAnswer.ReadAsync(command, time, logger, cancellationToken).ConfigureAwait(false))];
        }
        catch (Exception silent) when (silent is ChildStartException or ChildFailedException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            LogSilent(name, silent.Message);
            return [];
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Name} does not say which cameras there are: {Reason}")]
    private partial void LogSilent(string name, string reason);
}
