using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace PiCam.Hardware.Network;

/// <summary>
/// Stands between ffmpeg and one RTSP camera: ffmpeg follows redirects and cannot be told not to, so it gets an address of this
/// machine, and what the camera answers is looked through. Takes one connection.
/// </summary>
internal sealed class RtspRelay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly IPEndPoint camera;
    private readonly string? tlsName;
    private readonly Task serving;
    private volatile string? failure;

    /// <param name="camera">Its address, which has been checked.</param>
    /// <param name="tlsName">The camera's name, if it speaks TLS. Its certificate is not checked: hardly any camera has one that could be.</param>
    public RtspRelay(IPEndPoint camera, string? tlsName)
    {
        this.camera = camera;
        this.tlsName = tlsName;
        listener.Start(1);
        EndPoint = (IPEndPoint)listener.LocalEndpoint;
        serving = ServeAsync();
    }

    /// <summary>Where ffmpeg connects to.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Why the camera could not be reached, or was cut off, as a clause; null: nothing is wrong here.</summary>
    public string? Failure => failure;

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        await serving.ConfigureAwait(false);
        listener.Dispose();
        ending.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            using var player = await listener.AcceptTcpClientAsync(ending.Token).ConfigureAwait(false);
            listener.Stop();
            using var connection = new TcpClient(camera.AddressFamily) { NoDelay = true };
            await connection.ConnectAsync(camera, ending.Token).ConfigureAwait(false);
            await using var upstream = await SecureAsync(connection.GetStream()).ConfigureAwait(false);
            await using var downstream = player.GetStream();

            using var over = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
            var asking = CopyAsync(downstream, upstream, null, over.Token);
            var answering = CopyAsync(upstream, downstream, new RtspRedirectWatch(), over.Token);
            await Task.WhenAny(asking, answering).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(asking, answering).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Nobody wants it any more.
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException)
        {
            failure ??= exception.Message.TrimEnd('.');
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream stream)
    {
        if (tlsName is null)
        {
            return stream;
        }

        var secure = new SslStream(stream);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = tlsName,
#pragma warning disable CA5359 // Cameras sign their own certificates; ffmpeg does not check them either.
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
        };
        await secure.AuthenticateAsClientAsync(options, ending.Token).ConfigureAwait(false);
        return secure;
    }

    private async Task CopyAsync(Stream from, Stream to, RtspRedirectWatch? watch, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await from.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (watch?.Sees(buffer.AsSpan(0, count)) == true)
                {
                    failure = "it sends PiCam to another address, which is not followed";
                    return;
                }

                await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // One side hung up. ffmpeg says what that means.
        }
    }
}
