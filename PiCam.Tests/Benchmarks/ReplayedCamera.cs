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
    private readonly List<double>[] sentAt;

    /// <param name="pictures">Repeated without end.</param>
    public ReplayedCamera(IReadOnlyList<byte[]> pictures)
    {
        Pictures = pictures;
        sentAt = [.. pictures.Select(_ => new List<double>())];
        sending = SendAsync();
    }

    /// <summary>A picture goes out now.</summary>
    public event Action<byte[]>? Sending;

    public FakeCamera Camera { get; } = new() { Capabilities = FakeCamera.EveryControl with { Quality = null } };

    public IReadOnlyList<byte[]> Pictures { get; }

    /// <summary>When this picture went out for the last time before then; both in milliseconds as browsers count them, since 1970.</summary>
    public double SentAt(int picture, double before)
    {
        lock (sentAt)
        {
            return sentAt[picture].Last(at => at <= before);
        }
    }

    /// <summary>Repeats what a panel's camera shows in three seconds, to and fro: without a jump.</summary>
    public static async Task<ReplayedCamera> OfAsync(BenchmarkPanel panel)
    {
        var pictures = new List<byte[]>();
        using var subscription = panel.Session.Frames.Subscribe();
        while (pictures.Count < 90)
        {
            pictures.Add((await subscription.NextAsync(CancellationToken.None)).Jpeg);
        }

        return new ReplayedCamera([.. pictures, .. Enumerable.Reverse(pictures)]);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await sending;
        stopping.Dispose();
    }

    private async Task SendAsync()
    {
        var clock = Stopwatch.StartNew();
        for (var number = 0; !stopping.IsCancellationRequested; number++)
        {
            var due = number * FrameDuration;
            if (due - clock.Elapsed is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, CancellationToken.None);
            }

            var picture = Pictures[number % Pictures.Count];
            lock (sentAt)
            {
                sentAt[number % Pictures.Count].Add((TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds);
            }

            Sending?.Invoke(picture);
            Camera.Send(picture, new FrameMetadata { SensorTimestamp = due, FrameDuration = FrameDuration });
        }
    }
}
