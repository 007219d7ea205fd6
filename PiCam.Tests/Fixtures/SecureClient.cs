using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace PiCam.Tests.Fixtures;

/// <summary>A client that trusts one authority and no other, and counts its connections.</summary>
internal sealed class SecureClient : IDisposable
{
    private readonly SocketsHttpHandler handler;
    private int connections;

    /// <param name="address">Of the panel.</param>
    /// <param name="authority">Null: whatever the panel shows is taken.</param>
    /// <param name="version">2.0 for HTTP/2 and nothing else.</param>
    public SecureClient(Uri address, byte[]? authority, Version? version = null)
    {
        handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        if (authority is null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => (Shown = shown) is not null;
        }
        else
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                CustomTrustStore = { X509CertificateLoader.LoadCertificate(authority) },
            };
        }

        handler.PlaintextStreamFilter = (context, _) =>
        {
            Interlocked.Increment(ref connections);
            Protocol = ((SslStream)context.PlaintextStream).NegotiatedApplicationProtocol;
            return ValueTask.FromResult(context.PlaintextStream);
        };
        Http = new HttpClient(handler)
        {
            BaseAddress = address,
            DefaultRequestVersion = version ?? HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    public HttpClient Http { get; }

    public int Connections => connections;

    /// <summary>What both ends agreed on.</summary>
    public SslApplicationProtocol Protocol { get; private set; }

    /// <summary>The certificate that was taken unseen.</summary>
    public X509Certificate? Shown { get; private set; }

    public void Dispose()
    {
        Http.Dispose();
        handler.Dispose();
    }
}
