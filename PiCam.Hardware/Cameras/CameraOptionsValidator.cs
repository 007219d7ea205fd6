using Microsoft.Extensions.Options;
using PiCam.Hardware.Network;

namespace PiCam.Hardware.Cameras;

/// <summary>Checks <see cref="CameraOptions"/> when the panel starts; says all that is wrong at once.</summary>
internal sealed class CameraOptionsValidator : IValidateOptions<CameraOptions>
{
    internal const string Sources = "auto, libcamera, rpicam, simulated, ffmpeg";

    public ValidateOptionsResult Validate(string? name, CameraOptions options)
    {
        var errors = new List<string>();
        if (options.Source is not ("auto" or "libcamera" or "rpicam" or "simulated" or "ffmpeg"))
        {
            errors.Add($"Camera:Source is '{options.Source}'; allowed are {Sources}.");
        }

        if (options.Source == "ffmpeg" && string.IsNullOrWhiteSpace(options.Path))
        {
            errors.Add($"Camera:Path is '{options.Path}'; Camera:Source 'ffmpeg' needs a webcam (/dev/video0), a network camera (rtsp://…, http://…) or a video file.");
        }
        else if (options.Path?.Contains('\0', StringComparison.Ordinal) == true)
        {
            errors.Add("Camera:Path holds a NUL character; allowed is the path of a video file.");
        }
        else if (options.Source == "ffmpeg" && StreamUrl.IsMeant(options.Path!) && StreamUrl.Parse(options.Path!) is null)
        {
            // Not its value: it may hold a password.
            errors.Add($"Camera:Path is not an address that is allowed; allowed are {StreamUrl.Allowed}, a device such as /dev/video0, or a file.");
        }

        Check(errors, "Width", options.Width, 160, 1920, even: true);
        Check(errors, "Height", options.Height, 120, 1080, even: true);
        Check(errors, "Quality", options.Quality, 1, 100, even: false);
        Check(errors, "LampPeriod", options.LampPeriod, 0, 3600, even: false);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void Check(List<string> errors, string key, int value, int minimum, int maximum, bool even)
    {
        // Chroma is stored at half the size.
        if (value < minimum || value > maximum || (even && value % 2 != 0))
        {
            errors.Add($"Camera:{key} is '{value}'; allowed are {(even ? "even numbers from " : "")}{minimum} to {maximum}.");
        }
    }
}
