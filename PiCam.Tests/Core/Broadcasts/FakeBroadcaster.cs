using PiCam.Core.Broadcasts;
using PiCam.Core.Frames;
using PiCam.Core.Recordings;

namespace PiCam.Tests.Core.Broadcasts;

/// <summary>Receives frames, or does what the test says.</summary>
internal sealed class FakeBroadcaster : IBroadcaster
{
    private int attempts;
    private int frames;

    public int Attempts => Volatile.Read(ref attempts);

    public int Frames => Volatile.Read(ref frames);

    public RecordingPlan? Plan { get; private set; }

    public string? Address { get; private set; }

    /// <summary>What it throws after so many frames; null: it goes on.</summary>
    public Func<int, Exception?> Fails { get; set; } = _ => null;

    public string? Describe(string address) => address.StartsWith("rtsp://", StringComparison.Ordinal) ? "rtsp://" + address.Split('@', '/')[^2] : null;

    public async Task SendAsync(RecordingPlan plan, string address, IAsyncEnumerable<Frame> source, Action sending, CancellationToken cancellationToken)
    {
        (Plan, Address) = (plan, address);
        Interlocked.Increment(ref attempts);
        await foreach (var _ in source.WithCancellation(cancellationToken))
        {
            if (Fails(Interlocked.Increment(ref frames)) is { } failure)
            {
                throw failure;
            }

            sending();
        }
    }
}
