using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Recordings;

namespace PiCam.Core.Packets;

/// <summary>The live picture as H.264 on one rung: one encoder for all who watch it there, started with the first and stopped after the last.</summary>
internal sealed partial class LiveFilm(
    FilmRung rung, CameraSession camera, CameraRate rate, IRecordingEncoder encoder, TimeProvider time, ILogger logger)
{
    // x264's constant rate factor 24: what the cap on the bits allows to be better than that is not seen.
    private const int Quality = 70;

    // A page that is loaded anew, or a link that wavers, finds the encoder still there.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(0.5);

    // So often without a picture: it is no accident.
    private const int FailuresToBelieve = 3;

    private readonly Backoff backoff = new(Random.Shared);
    private readonly Channel<bool> changed =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private int failures;

    /// <summary>What comes of it; who subscribes has it made.</summary>
    public PacketHub Packets { get; } = new(() => camera.Frames.IsClosed);

    /// <summary>Why none comes, whatever is tried; null: it comes, or is tried once more, or nobody wants it.</summary>
    public Reason? Fault { get; private set; }

    /// <summary>Makes it whenever somebody wants it, until cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        void Wake() => changed.Writer.TryWrite(true);
        void WakeIfWanted()
        {
            if (Packets.Wanted)
            {
                Wake();
            }
        }

        Packets.WantedChanged += Wake;
        camera.Changed += WakeIfWanted;
        try
        {
            while (true)
            {
                while (!Packets.Wanted || camera.Frames.IsClosed)
                {
                    Fault = null;
                    await changed.Reader.ReadAsync(stopping).ConfigureAwait(false);
                }

                await TryAsync(stopping).ConfigureAwait(false);
            }
        }
        finally
        {
            camera.Changed -= WakeIfWanted;
            Packets.WantedChanged -= Wake;
        }
    }

    private async Task TryAsync(CancellationToken stopping)
    {
        var started = time.GetTimestamp();
        try
        {
            await MakeAsync(stopping).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it is, it must not keep the next film from being made.
        catch (Exception failed) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Fault = ++failures < FailuresToBelieve ? null : failed is ReasonException { Reason: var reason } ? reason : failed.Message;
            LogFailed(failed.Message);
            backoff.ReportHealthy(time.GetElapsedTime(started));
            await Task.Delay(backoff.Next(), time, stopping).ConfigureAwait(false);
        }
    }

    /// <summary>One film: until nobody wants it, the camera is switched off, or it begins anew.</summary>
    private async Task MakeAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var frames = camera.Frames.Subscribe();
        var leaving = EndWhenUnwantedAsync(ending);
        try
        {
            var first = await frames.NextAsync(ending.Token).ConfigureAwait(false);
            var size = rung.SizeOf(first.Size);
            var whole = RecordingPlan.Of(first, RecordingFormat.H264, Quality);
            var duration = rate.Lasts(whole.FrameDuration);
            bool IsAsPlanned(Frame frame) => !rate.IsAnother(frame, whole.FrameDuration, duration);
            var plan = whole with
            {
                // The encoder spends its bits by this: told the camera's own rate, it would make every other picture with half of them.
                FrameDuration = duration * rung.Every,
                Live = new(size, rung.BitRate, Packets.TakeKeyRequest),
            };
            var captured = new ConcurrentQueue<(TimeSpan Time, long At)>();
            var splitter = new FragmentSplitter(Packets.Begin, packet =>
            {
                (Fault, failures) = (null, 0);
                Packets.Publish(packet with { Size = size, CapturedAt = CapturedAt(captured, packet.Time) });
            });
            await using var target = new PacketTarget(splitter);
            await encoder.StreamAsync(plan, FramesAsync(frames, first, IsAsPlanned, captured, ending.Token), target, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            stopping.ThrowIfCancellationRequested();
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await leaving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Packets.End();
        }
    }

    private async Task EndWhenUnwantedAsync(CancellationTokenSource ending)
    {
        while (!camera.Frames.IsClosed)
        {
            await changed.Reader.ReadAsync(ending.Token).ConfigureAwait(false);
            if (!Packets.Wanted && !camera.Frames.IsClosed)
            {
                await Task.Delay(Grace, time, ending.Token).ConfigureAwait(false);
                if (!Packets.Wanted)
                {
                    break;
                }
            }
        }

        await ending.CancelAsync().ConfigureAwait(false);
    }

    // Ends when the camera's rate has become another: the encoder spends its bits by the one that it was told, and the film would take more than its
    // link carries, or waste it.
    private async IAsyncEnumerable<Frame> FramesAsync(
        FrameSubscription frames,
        Frame first,
        Func<Frame, bool> isAsPlanned,
        ConcurrentQueue<(TimeSpan Time, long At)> captured,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        var frame = first;
        do
        {
            if (number++ % rung.Every == 0)
            {
                captured.Enqueue((frame.Metadata.SensorTimestamp - first.Metadata.SensorTimestamp, frame.CapturedAt));
                yield return frame;
            }

            frame = await frames.NextAsync(cancellationToken).ConfigureAwait(false);
        }
        while (isAsPlanned(frame));
    }

    // Packets come in the order of their frames; their times differ by less than a unit of the film's.
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

    [LoggerMessage(LogLevel.Warning, "The live picture cannot be encoded: {Why}")]
    private partial void LogFailed(string why);
}
