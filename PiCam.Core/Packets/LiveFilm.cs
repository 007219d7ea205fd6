using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Recordings;

namespace PiCam.Core.Packets;

/// <summary>The live picture as H.264: one encoder for all who watch, started with the first and stopped after the last.</summary>
public sealed partial class LiveFilm(CameraSession camera, IRecordingEncoder encoder, TimeProvider time, ILogger<LiveFilm> logger) : BackgroundService
{
    // Enough for a still scene to look like the camera's own pictures; noise takes what it takes.
    private const int Quality = 60;

    // A page that is loaded anew finds the encoder still there.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly Backoff backoff = new(Random.Shared);
    private readonly SemaphoreSlim changed = new(0, 1);

    /// <summary>What comes of it; who subscribes has it made.</summary>
    public PacketHub Packets { get; } = new();

    /// <summary>Why none comes; null: it comes, or nobody wants it.</summary>
    public Reason? Fault { get; private set; }

    public override void Dispose()
    {
        changed.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Packets.WantedChanged += Wake;
        while (true)
        {
            while (!Packets.Wanted)
            {
                await changed.WaitAsync(stoppingToken).ConfigureAwait(false);
            }

            try
            {
                await MakeAsync(stoppingToken).ConfigureAwait(false);
                Fault = null;
            }
            catch (RecordingFailedException failed)
            {
                Fault = failed.Reason;
                LogFailed(failed.Message);
                await Task.Delay(backoff.Next(), time, stoppingToken).ConfigureAwait(false);
            }
            finally
            {
                Packets.End();
            }
        }
    }

    /// <summary>One film: until nobody wants it, or the camera begins anew.</summary>
    private async Task MakeAsync(CancellationToken stoppingToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var leaving = EndWhenUnwantedAsync(ending);
        try
        {
            using var frames = camera.Frames.Subscribe();
            var first = await frames.NextAsync(ending.Token).ConfigureAwait(false);
            var captured = new ConcurrentQueue<(TimeSpan Time, long At)>();
            var splitter = new FragmentSplitter(Packets.Begin, packet => Packets.Publish(packet with { CapturedAt = CapturedAt(captured, packet.Time) }));
            await using var target = new PacketTarget(splitter);
            await encoder.StreamAsync(
                RecordingPlan.Of(first, RecordingFormat.H264, Quality), FramesAsync(frames, first, captured, ending.Token), target, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            stoppingToken.ThrowIfCancellationRequested();
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await leaving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task EndWhenUnwantedAsync(CancellationTokenSource ending)
    {
        while (true)
        {
            await changed.WaitAsync(ending.Token).ConfigureAwait(false);
            if (!Packets.Wanted)
            {
                await Task.Delay(Grace, time, ending.Token).ConfigureAwait(false);
                if (!Packets.Wanted)
                {
                    await ending.CancelAsync().ConfigureAwait(false);
                    return;
                }
            }
        }
    }

    private static async IAsyncEnumerable<Frame> FramesAsync(
        FrameSubscription frames, Frame first, ConcurrentQueue<(TimeSpan Time, long At)> captured, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var frame = first; ; frame = await frames.NextAsync(cancellationToken).ConfigureAwait(false))
        {
            captured.Enqueue((frame.Metadata.SensorTimestamp - first.Metadata.SensorTimestamp, frame.CapturedAt));
            yield return frame;
        }
    }

    // Packets come in the order of their frames, and none is older than the film's own units of time make it.
    private static long CapturedAt(ConcurrentQueue<(TimeSpan Time, long At)> captured, TimeSpan packet)
    {
        var at = 0L;
        while (captured.TryPeek(out var next) && next.Time <= packet + TimeSpan.FromMilliseconds(1))
        {
            at = next.At;
            captured.TryDequeue(out _);
        }

        return at;
    }

    private void Wake()
    {
        try
        {
            changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // Told already.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The live picture cannot be encoded: {Why}")]
    private partial void LogFailed(string why);
}
