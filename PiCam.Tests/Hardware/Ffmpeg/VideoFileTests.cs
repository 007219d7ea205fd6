using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Hardware.Ffmpeg;
using PiCam.Hardware.Network;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Ffmpeg;

/// <summary>What tests of the camera that plays video files have in common.</summary>
public abstract class VideoFileTests : IDisposable
{
    private protected TemporaryFolder Folder { get; } = new();

    private protected static TargetGuard NoNetwork { get; } =
        new([], static (_, _) => throw new InvalidOperationException("No name is to be looked up."));

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static async Task<Frame> ReadUntilVersionAsync(ICameraStream stream, long version)
    {
        while (true)
        {
            var frame = await stream.ReadAsync(Token);
            if (frame.Metadata.ControlsVersion >= version)
            {
                return frame;
            }
        }
    }

    private protected static Task<ICameraStream> OpenAsync(ICamera camera) => camera.OpenAsync(CameraControls.Automatic, 1, Token);

    private protected static Task<CameraLostException> LostAsync(ICamera camera) => Assert.ThrowsAsync<CameraLostException>(() => OpenAsync(camera));

    private protected static async Task<List<Frame>> ReadAsync(ICameraStream stream, int count)
    {
        var frames = new List<Frame>();
        while (frames.Count < count)
        {
            frames.Add(await stream.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token));
        }

        return frames;
    }

    private protected Task<ICameraStream> OpenAsync(string name) => OpenAsync(Camera(name));

    private protected FfmpegCamera Camera(string name) =>
        new(new FfmpegCameraOptions { Path = Folder[name] }, NoNetwork, TimeProvider.System, NullLogger<FfmpegCamera>.Instance)
        {
            Linger = TimeSpan.FromMilliseconds(200),
        };
}
