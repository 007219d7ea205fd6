using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Hardware.Ffmpeg;
using PiCam.Hardware.Network;
using PiCam.Hardware.V4l2;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.V4l2;

/// <summary>Run by <see cref="WebcamTests"/> inside the rig: vivid is /dev/video0, v4l2loopback /dev/video2.</summary>
public sealed class WebcamInRig : IDisposable
{
    private const string Vivid = "/dev/video0";
    private const string Loopback = "/dev/video2";

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact(Explicit = true)]
    public async Task Vivid_BrightnessChangedWhileStreaming_ShowsInThePixelsOfTheSameStream()
    {
        await using var stream = await OpenAsync(Vivid);
        var ffmpeg = await FfmpegOfAsync(Vivid);
        var capabilities = stream.Capabilities;

        Assert.Equal(("vivid", "ffmpeg", new PixelSize(320, 180)), (capabilities.Model, capabilities.Source, capabilities.Size));
        Assert.Equal(new ControlRange<double>(-1, 1, 0), capabilities.Brightness);
        Assert.Equal((0.0, 2.0), (capabilities.Contrast!.Minimum, capabilities.Contrast.Maximum));
        Assert.NotNull(capabilities.Saturation);
        Assert.True(capabilities.Flips);

        // vivid has no shutter, sharpness or focus.
        Assert.Null(capabilities.ExposureTime);
        Assert.Null(capabilities.Sharpness);
        Assert.Empty(capabilities.AfModes);

        var normal = await LightAsync(stream, 1);
        await stream.ApplyAsync(CameraControls.Automatic with { Brightness = 1 }, 2, Token);
        var bright = await LightAsync(stream, 2);
        await stream.ApplyAsync(CameraControls.Automatic with { Brightness = -1 }, 3, Token);
        var dark = await LightAsync(stream, 3);
        await stream.ApplyAsync(CameraControls.Automatic, 4, Token);
        var normalAgain = await LightAsync(stream, 4);

        Assert.True(bright > normal + 40, $"{normal} → {bright}");
        Assert.True(dark < normal - 25, $"{normal} → {dark}");
        Assert.Equal(normal, normalAgain, 8.0);
        Assert.Equal(ffmpeg, await FfmpegOfAsync(Vivid));
    }

    [Fact(Explicit = true)]
    public async Task Vivid_AnotherSize_FollowsInTheSameStream()
    {
        await using var stream = await OpenAsync(Vivid, 640, 480);
        Assert.Equal(new PixelSize(640, 480), stream.Capabilities.Size);
        Assert.Contains(new PixelSize(320, 180), stream.Capabilities.Sizes);

        await stream.ApplyAsync(CameraControls.Automatic with { Size = new PixelSize(320, 180) }, 2, Token);

        Assert.Equal((320, 180), (await AtVersionAsync(stream, 2)) is { } frame ? (frame.Width, frame.Height) : default);
        Assert.Equal(new PixelSize(320, 180), stream.Capabilities.Size);
    }

    [Fact(Explicit = true)]
    public async Task Vivid_Unplugged_IsLostWithAReasonAndBackWhenReplugged()
    {
        await using (var stream = await OpenAsync(Vivid))
        {
            await File.WriteAllTextAsync("/sys/bus/platform/drivers/vivid/unbind", "vivid.0", Token);

            var lost = await Assert.ThrowsAsync<CameraLostException>(() => ReadForEverAsync(stream));
            Assert.StartsWith($"The webcam {Vivid} is lost: ffmpeg ", lost.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<CameraLostException>(
                () => stream.ApplyAsync(CameraControls.Automatic with { Brightness = 0.5 }, 2, Token).AsTask());
        }

        var gone = await Assert.ThrowsAsync<CameraLostException>(() => OpenAsync(Vivid));
        Assert.Equal($"The webcam {Vivid} cannot be opened: {Vivid}: No such file or directory.", gone.Message);

        await File.WriteAllTextAsync("/sys/bus/platform/drivers/vivid/bind", "vivid.0", Token);
        await Eventually.TrueAsync(() => File.Exists(Vivid), "plugged in again", Token);
        await using var again = await OpenAsync(Vivid);
        Assert.InRange(await LightAsync(again, 1), 20, 235);
    }

    [Fact(Explicit = true)]
    public async Task Loopback_FedWithJpegs_PassesThemOnByteForByteAndSurvivesItsFeeder()
    {
        var fed = await DrawJpegsAsync(folder["fed.mjpeg"]);
        await using var stream = await FeedAndOpenAsync(out var feeder);
        using (feeder)
        {
            Assert.Equal(("FakeCam", new PixelSize(320, 240)), (stream.Capabilities.Model, stream.Capabilities.Size));
            Assert.Null(stream.Capabilities.Quality);
            var seen = new HashSet<string>();
            for (var i = 0; i < 20; i++)
            {
                var jpeg = Convert.ToHexString((await ReadAsync(stream)).Jpeg);
                Assert.Contains(jpeg, fed);
                seen.Add(jpeg);
            }

            Assert.True(seen.Count > 1);

            feeder.Kill();
            await feeder.WaitForExitAsync(Token);
        }

        var lost = await Assert.ThrowsAsync<CameraLostException>(() => ReadForEverAsync(stream));
        Assert.StartsWith($"The webcam {Loopback} is lost: ffmpeg ", lost.Message, StringComparison.Ordinal);
        await stream.DisposeAsync();
        await Assert.ThrowsAsync<CameraLostException>(() => OpenAsync(Loopback));

        await using var again = await FeedAndOpenAsync(out var second);
        using (second)
        {
            Assert.Contains(Convert.ToHexString((await ReadAsync(again)).Jpeg), fed);
            second.Kill();
            await second.WaitForExitAsync(Token);
        }
    }

    [Fact(Explicit = true)]
    public void Identity_OfTheRigsDevices_SaysWhatTheyAre()
    {
        using var vivid = V4l2Device.Open(Vivid);

        Assert.Equal(("vivid", "vivid", true), (vivid.Identity.Driver, vivid.Identity.Card, vivid.Identity.Captures));
        Assert.Contains("YUYV", vivid.Identity.FourCcs);
        Assert.Equal("/dev/null: Inappropriate ioctl for device", Assert.Throws<V4l2Exception>(() => V4l2Device.Open("/dev/null")).Message);
    }

    private static Task<ICameraStream> OpenAsync(string path, int width = 320, int height = 240) =>
        new FfmpegCamera(
            new FfmpegCameraOptions { Path = path, MaximumWidth = width, MaximumHeight = height },
            new TargetGuard([], static (_, _) => throw new InvalidOperationException("No name is to be looked up.")),
            TimeProvider.System,
            NullLogger<FfmpegCamera>.Instance).OpenAsync(CameraControls.Automatic, 1, Token);

    private static async Task<Frame> ReadAsync(ICameraStream stream) =>
        await stream.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);

    private static async Task ReadForEverAsync(ICameraStream stream)
    {
        while (true)
        {
            await ReadAsync(stream);
        }
    }

    private static async Task<Frame> AtVersionAsync(ICameraStream stream, long version)
    {
        Frame frame;
        do
        {
            frame = await ReadAsync(stream);
        }
        while (frame.Metadata.ControlsVersion < version);
        return frame;
    }

    /// <summary>The mean brightness, 0 to 255, some frames after the controls were taken in: a few are still on their way through ffmpeg.</summary>
    private static async Task<double> LightAsync(ICameraStream stream, long version)
    {
        var frame = await AtVersionAsync(stream, version);
        for (var i = 0; i < 8; i++)
        {
            frame = await ReadAsync(stream);
        }

        using var picture = SKBitmap.Decode(frame.Jpeg);
        return picture.Pixels.Average(pixel => (pixel.Red + pixel.Green + pixel.Blue) / 3.0);
    }

    /// <summary>The one ffmpeg that reads the device. This kernel's /proc sometimes shows a busy process without its arguments.</summary>
    private static async Task<int> FfmpegOfAsync(string device)
    {
        int[] found = [];
        await Eventually.TrueAsync(
            () => (found = [.. SystemProcess.WithArgument(device)]).Length == 1, "one ffmpeg", Token);
        return found[0];
    }

    private static async Task<HashSet<string>> DrawJpegsAsync(string path)
    {
        var jpegs = new List<byte[]>();
        foreach (var colour in new[] { SKColors.Red, SKColors.Lime, SKColors.Blue, SKColors.Orange, SKColors.Gray })
        {
            using var picture = new SKBitmap(320, 240);
            picture.Erase(colour);
            using var data = picture.Encode(SKEncodedImageFormat.Jpeg, 90);
            jpegs.Add(data.ToArray());
        }

        await File.WriteAllBytesAsync(path, jpegs.SelectMany(jpeg => jpeg).ToArray(), Token);
        return [.. jpegs.Select(Convert.ToHexString)];
    }

    private Task<ICameraStream> FeedAndOpenAsync(out Process feeder)
    {
        feeder = Process.Start(
            "ffmpeg",
            ["-nostdin", "-loglevel", "error", "-re", "-stream_loop", "-1", "-framerate", "10", "-f", "mjpeg", "-i", folder["fed.mjpeg"], "-c:v", "copy", "-f", "v4l2", Loopback]);
        return OpenWhenFedAsync();

        static async Task<ICameraStream> OpenWhenFedAsync()
        {
            await Eventually.TrueAsync(IsFed, "fed", Token);
            return await OpenAsync(Loopback);
        }
    }

    private static bool IsFed()
    {
        using var device = V4l2Device.Open(Loopback);
        return device.Identity.Captures;
    }
}
