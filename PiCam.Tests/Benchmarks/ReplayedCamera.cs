using System.Diagnostics;
using PiCam.Core.Frames;
using PiCam.Tests.Fixtures;

namespace PiCam.Benchmarks;

/// <summary>A camera that costs this process next to nothing, as one with hardware of its own: thirty times a second a picture that was drawn before.</summary>
internal sealed class ReplayedCamera : IAsyncDisposable
{
    private static readonly TimeSpan FrameDuration = TimeSpan.FromSeconds(1.0 / 30);

    private readonly CancellationTokenSource stopping = new();
    private readonly Task sending;

    private ReplayedCamera(IReadOnlyList<byte[]> pictures) => sending = SendAsync(pictures);

    public FakeCamera Camera { get; } = new() { Capabilities = FakeCamera.EveryControl with { Quality = null } };

    /// <summary>Repeats what a panel's camera shows in three seconds.</summary>
    public static async Task<ReplayedCamera> OfAsync(BenchmarkPanel panel)
    {
        var pictures = new List<byte[]>();
        using var subscription = panel.Session.Frames.Subscribe();
        while (pictures.Count < 90)
        {
            pictures.Add((await subscription.NextAsync(CancellationToken.None)).Jpeg);
        }

        return new ReplayedCamera(pictures);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await sending;
        stopping.Dispose();
    }

    private async Task SendAsync(IReadOnlyList<byte[]> pictures)
    {
        var clock = Stopwatch.StartNew();
        for (var number = 0; !stopping.IsCancellationRequested; number++)
        {
            var due = number * FrameDuration;
            if (due - clock.Elapsed is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, CancellationToken.None);
            }

            Camera.Send(pictures[number % pictures.Count], new FrameMetadata { SensorTimestamp = due, FrameDuration = FrameDuration });
        }
    }
}
