namespace PiCam.Hardware.Cameras;

/// <summary>Which camera to run, from the configuration section <c>Camera</c>.</summary>
public sealed class CameraOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Camera";

    /// <summary>
    /// <c>auto</c>, <c>libcamera</c>, <c>rpicam</c>, <c>simulated</c> or <c>ffmpeg</c>. <c>auto</c> is the simulated camera; on a Raspberry
    /// Pi its own camera by libcamera, or by rpicam-vid where the camera helper is missing, else the first webcam found.
    /// </summary>
    public string Source { get; set; } = "auto";

    /// <summary>What <c>ffmpeg</c> shows: a webcam (<c>/dev/video0</c>), a network camera (<c>rtsp://…</c>, <c>http://…</c>) or a video file.</summary>
    public string? Path { get; set; }

    /// <summary>Which of several libcamera or rpicam cameras, by libcamera's id; null: the first one.</summary>
    public string? Id { get; set; }

    /// <summary>The camera helper; null: where build-camera puts it, beside PiCam, or on the PATH.</summary>
    public string? Helper { get; set; }

    /// <summary>Pixels, 160 to 1920 and even: of the simulated, the libcamera and the rpicam picture; an ffmpeg picture is at most this wide.</summary>
    public int Width { get; set; } = 1280;

    /// <summary>Pixels, 120 to 1080 and even: of the simulated, the libcamera and the rpicam picture; an ffmpeg picture is at most this high.</summary>
    public int Height { get; set; } = 720;

    /// <summary>What the simulated scene and its noise grow from.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Seconds, 0 to 3600, in which a lamp of the simulated scene grows bright and dark again; 0: there is none.</summary>
    public int LampPeriod { get; set; }

    /// <summary>JPEG quality, 1 to 100.</summary>
    public int Quality { get; set; } = 80;
}
