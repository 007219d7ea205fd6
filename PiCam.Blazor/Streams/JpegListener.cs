using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using PiCam.Blazor.Security;
using PiCam.Blazor.StartUp;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Viewing;

namespace PiCam.Blazor.Streams;

/// <summary>
/// Hands the live picture as raw MJPEG, one JPEG after the other, to whoever connects by TCP: for players that take nothing else. Off unless the owner
/// says where; it asks nobody who they are, but they are seen among those who watch.
/// </summary>
public sealed partial class JpegListener(
    CameraSession camera, Viewers viewers, IOptions<StreamOptions> options, TimeProvider time, ILogger<JpegListener> logger) : BackgroundService
{
    /// <summary>The most readers at once: each may take a camera's whole rate.</summary>
    public const int MostReaders = 4;

    private readonly SemaphoreSlim places = new(MostReaders);
    private TcpListener? listener;

    /// <summary>Where it listens; null: nowhere.</summary>
    public IPEndPoint? Address => listener?.LocalEndpoint as IPEndPoint;

    /// <exception cref="StartUpException">The address is not one of this machine, or is taken.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Listen is { Length: > 0 } place)
        {
            listener = new TcpListener(IPEndPoint.Parse(place));
            try
            {
                listener.Start();
            }
            catch (SocketException refused)
            {
                throw new StartUpException($"{StreamOptions.Section}:{nameof(StreamOptions.Listen)} is '{place}', where the panel cannot listen: {refused.Message}.", refused);
            }

            LogListens(place);
        }

        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        listener?.Dispose();
        places.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (listener is null)
        {
            return;
        }

        List<Task> readers = [];
        try
        {
            while (true)
            {
                try
                {
                    var reader = await listener.AcceptSocketAsync(stoppingToken).ConfigureAwait(false);
                    readers.RemoveAll(task => task.IsCompleted);
                    readers.Add(ServeAsync(reader, stoppingToken));
                }
                catch (SocketException failed)
                {
                    // One that went again at once, or too many open files: not for ever.
                    LogNotAccepted(failed.Message);
                    await Task.Delay(Welcome.CheckInterval, time, stoppingToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            listener.Stop();
            await Task.WhenAll(readers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(Socket reader, CancellationToken stopping)
    {
        using (reader)
        {
            var from = ((IPEndPoint?)reader.RemoteEndPoint)?.Address.ToString() ?? "?";
            if (!await places.WaitAsync(TimeSpan.Zero, stopping).ConfigureAwait(false))
            {
                LogTooMany(from, MostReaders);
                return;
            }

            try
            {
                using var presence = viewers.Enter(new Caller("tcp:" + from, from, Role.Viewer, "tcp"), ViewerKind.Stream);
                using var subscription = camera.Frames.Subscribe();
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                var slow = new SlowReader(reader, time);
                var leaving = EndWhenGoneAsync(reader, subscription, slow, ending);
                try
                {
                    await SendAsync(reader, subscription, slow, ending.Token).ConfigureAwait(false);
                }
                finally
                {
                    await ending.CancelAsync().ConfigureAwait(false);
                    await leaving.ConfigureAwait(false);
                }
            }
#pragma warning disable CA1031 // Whatever ends one reader, the others go on.
            catch (Exception ended)
#pragma warning restore CA1031
            {
                LogEnded(from, ended.Message);
            }
            finally
            {
                places.Release();
            }
        }
    }

    private static async Task SendAsync(Socket reader, FrameSubscription subscription, SlowReader slow, CancellationToken ending)
    {
        reader.NoDelay = true;
        try
        {
            while (true)
            {
                var frame = await subscription.NextAsync(ending).ConfigureAwait(false);
                slow.Begin(frame.Jpeg.Length);
                for (ReadOnlyMemory<byte> rest = frame.Jpeg; rest.Length > 0;)
                {
                    rest = rest[await reader.SendAsync(rest, ending).ConfigureAwait(false)..];
                }

                slow.End();
            }
        }
        catch (OperationCanceledException)
        {
            // It went, took nothing any more, the camera was switched off, or the panel stops.
        }
    }

    private async Task EndWhenGoneAsync(Socket reader, FrameSubscription subscription, SlowReader slow, CancellationTokenSource ending)
    {
        var nothing = new byte[64];
        var heard = reader.ReceiveAsync(nothing, ending.Token).AsTask();
        try
        {
            while (!subscription.IsClosed && !slow.IsStuck)
            {
                var check = Task.Delay(Welcome.CheckInterval, time, ending.Token);
                if (await Task.WhenAny(heard, check).ConfigureAwait(false) == check)
                {
                    await check.ConfigureAwait(false);
                }
                else if (await heard.ConfigureAwait(false) == 0)
                {
                    break;
                }
                else
                {
                    heard = reader.ReceiveAsync(nothing, ending.Token).AsTask();
                }
            }
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException)
        {
            // That is what was waited for.
        }

        await ending.CancelAsync().ConfigureAwait(false);
        await ((Task)heard).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(LogLevel.Information, "Raw MJPEG goes to whoever connects to {Place}")]
    private partial void LogListens(string place);

    [LoggerMessage(LogLevel.Warning, "A reader of raw MJPEG could not be let in: {Why}")]
    private partial void LogNotAccepted(string why);

    [LoggerMessage(LogLevel.Warning, "{From} was refused raw MJPEG: {Most} read it already")]
    private partial void LogTooMany(string from, int most);

    [LoggerMessage(LogLevel.Information, "{From} reads raw MJPEG no more: {Why}")]
    private partial void LogEnded(string from, string why);
}
