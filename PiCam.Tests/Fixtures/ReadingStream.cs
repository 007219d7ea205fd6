using PiCam.Core.Cameras;
using Xunit;

namespace PiCam.Tests.Fixtures;

/// <summary>A running camera whose frames are read all the time, as a session does.</summary>
internal sealed class ReadingStream : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly Task reading;
    private long frames;

    private ReadingStream(ICameraStream stream)
    {
        Stream = stream;
        reading = ReadAsync();
    }

    public ICameraStream Stream { get; }

    /// <summary>How many have come.</summary>
    public long Frames => Interlocked.Read(ref frames);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ReadingStream> OpenAsync(ICamera camera) =>
        new(await camera.OpenAsync(CameraControls.Automatic, 1, Token));

    /// <summary>Waits for more frames than may have been on their way.</summary>
    public async Task GoesOnAsync()
    {
        var before = Frames;
        await Eventually.TrueAsync(() => Frames > before + 10 || reading.IsCompleted, "frames go on", Token);
        Assert.False(reading.IsCompleted, $"{reading.Exception?.InnerException?.Message}");
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Stream.DisposeAsync();
        ending.Dispose();
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            await Stream.ReadAsync(ending.Token);
            Interlocked.Increment(ref frames);
        }
    }
}
