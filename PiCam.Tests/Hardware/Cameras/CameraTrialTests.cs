using Microsoft.Extensions.Time.Testing;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Hardware.Cameras;
using Xunit;

namespace PiCam.Tests.Hardware.Cameras;

public sealed class CameraTrialTests : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);

    private readonly FakeTimeProvider time = new();
    private readonly TrialCamera camera = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => camera.DisposeAsync();

    [Fact]
    public async Task Try_APictureComes_FindsNothingAndClosesTheCamera()
    {
        camera.Frames.Enqueue([]);
        camera.Frames.Enqueue([0xFF, 0xD8]);
        Assert.Null(await new CameraTrial(_ => camera, Limit, time).TryAsync("rtsp://cam.lan/live", Token));
        Assert.True(camera.IsClosed);
    }

    [Fact]
    public async Task Try_CannotBeOpened_SaysWhy()
    {
        camera.Refusal = CameraLoss.NetworkUnopened("rtsp://cam.lan/live", "401 Unauthorized");
        Assert.Equal(camera.Refusal, await new CameraTrial(_ => camera, Limit, time).TryAsync("rtsp://cam.lan/live", Token));
    }

    [Fact]
    public async Task Try_NoPictureInTime_SaysSoAndClosesTheCamera()
    {
        var trying = new CameraTrial(_ => camera, Limit, time).TryAsync("rtsp://cam.lan/live", Token);
        Assert.False(trying.IsCompleted);

        time.Advance(Limit);

        Assert.Equal(CameraLoss.Silent("12"), await trying);
        Assert.True(camera.IsClosed);
    }

    private sealed class TrialCamera : ICamera, ICameraStream
    {
        public Queue<byte[]> Frames { get; } = new();

        public PiCam.Core.Reason? Refusal { get; set; }

        public bool IsClosed { get; private set; }

        public string Description => "trial";

        public CameraCapabilities Capabilities { get; } = new() { Model = "trial", Source = "trial", Size = new(2, 2) };

        public long DroppedFrames => 0;

        public Task<ICameraStream> OpenAsync(CameraControls controls, long version, CancellationToken cancellationToken) =>
            Refusal is { } reason ? throw new CameraLostException(reason) : Task.FromResult<ICameraStream>(this);

        public async ValueTask<Frame> ReadAsync(CancellationToken cancellationToken)
        {
            if (Frames.Count == 0)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return new Frame(Frames.Dequeue(), 2, 2, new FrameMetadata(), 0);
        }

        public ValueTask ApplyAsync(CameraControls controls, long version, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask SetEncodingAsync(bool wanted, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public Task<Frame> CaptureAsync(StillRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync()
        {
            IsClosed = true;
            return ValueTask.CompletedTask;
        }
    }
}
