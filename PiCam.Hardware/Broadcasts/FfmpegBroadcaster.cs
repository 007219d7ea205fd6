using System.Net;
using PiCam.Core.Broadcasts;
using PiCam.Core.Frames;
using PiCam.Core.Recordings;
using PiCam.Hardware.Ffmpeg;
using PiCam.Hardware.Network;
using PiCam.Hardware.Processes;
using PiCam.Hardware.Recordings;

namespace PiCam.Hardware.Broadcasts;

/// <summary>Sends the live picture by one ffmpeg, which encodes it and connects to the IP address that was checked.</summary>
/// <param name="ffmpeg">The program: an absolute path, or a name that is looked up in PATH.</param>
/// <param name="encoder">Knows which encoder works here, and starts ffmpeg.</param>
/// <param name="guard">Says where PiCam may connect to.</param>
internal sealed class FfmpegBroadcaster(string ffmpeg, FfmpegRecordingEncoder encoder, TargetGuard guard) : IBroadcaster
{
    // What waits to be sent is of before: nobody may see it when the camera was switched off.
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(1);

    public string? Describe(string address) => StreamUrl.Parse(address, StreamUrl.Receivers) is { } url && BroadcastOutput.CanBe(url) ? url.ToString() : null;

    public async Task SendAsync(RecordingPlan plan, string address, IAsyncEnumerable<Frame> frames, Action sending, CancellationToken cancellationToken)
    {
        var url = StreamUrl.Parse(address, StreamUrl.Receivers) ?? throw new BroadcastFailedException(BroadcastFault.Failed("the address is none"));
        var chosen = await encoder.EncoderAsync(cancellationToken).ConfigureAwait(false);
        IPEndPoint place;
        try
        {
            place = new(await guard.CheckAsync(url.Host, url.Port, cancellationToken).ConfigureAwait(false), url.Port);
        }
        catch (TargetRefusedException refused)
        {
            throw new BroadcastFailedException(BroadcastFault.Failed(refused.Message), refused);
        }

        // RTSP servers may send a client elsewhere, to where nobody looked.
        var relay = url.Scheme is "rtsp" or "rtsps" ? new RtspRelay(place, url.Scheme == "rtsps" ? url.Host : null) : null;
        try
        {
            var output = BroadcastOutput.Of(url, relay?.EndPoint ?? place);
            var command = FfmpegCommand.Of(ffmpeg, RecordingArguments.ForSending(plan, chosen, output)) with { Secrets = url.Secrets, StopGrace = LongestGoodbye };
            var (child, feed) = await FrameFeed.StartAsync(command, plan, encoder.StartAsync).ConfigureAwait(false);
            await using (child.ConfigureAwait(false))
            {
                await SendAsync(child, feed, frames, sending, relay, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (relay is not null)
            {
                await relay.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task SendAsync(
        ChildProcess child, FrameFeed feed, IAsyncEnumerable<Frame> frames, Action sending, RtspRelay? relay, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var isSending = false;
        var counting = FfmpegProgress.ReadAsync(
            child,
            progress =>
            {
                if (progress.Frames > 0 && !isSending)
                {
                    isSending = true;
                    sending();
                }
            },
            CancellationToken.None,
            byFramesOnly: true);
        var feeding = FrameFeed.CopyAsync(feed, frames, ending.Token);

        // A receiver that reads nothing holds up ffmpeg, and ffmpeg this: who wants an end does not wait for them.
        var over = Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        var first = await Task.WhenAny(feeding, child.Ended, over).ConfigureAwait(false);
        if (first == feeding && feeding.IsCompletedSuccessfully)
        {
            // The camera began anew; what is encoded still goes out.
            await Task.WhenAny(child.Ended, over).ConfigureAwait(false);
        }

        var verdict = child.Ended.IsCompleted ? await child.Ended.ConfigureAwait(false) : null;
        await ending.CancelAsync().ConfigureAwait(false);
        await child.StopAsync().ConfigureAwait(false);
        await Task.WhenAll(feeding, counting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (first == feeding && feeding.IsCompletedSuccessfully && child.ExitCode == 0)
        {
            return;
        }

        var said = relay?.Failure ?? (child.LastErrors is [.., var last] ? last : verdict);
        throw new BroadcastFailedException(child.ExitCode == 0 || said is null ? BroadcastFault.Ended : BroadcastFault.Failed(said.TrimEnd('.')));
    }
}
