using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PiCam.Blazor.Certificates;

/// <summary>A certificate that the panel shows to browsers.</summary>
/// <param name="Certificate">With its private key.</param>
/// <param name="Issuers">What stands between it and its authority; null: nothing.</param>
/// <param name="Authority">The local authority that made it; null: the owner brought it.</param>
/// <param name="RenewalAt">When it will be replaced; null: when the owner does so.</param>
/// <param name="Fault">Why what lies in the owner's files now is not used; null: it is.</param>
public sealed record CertificateInUse(
    X509Certificate2 Certificate, X509Certificate2Collection? Issuers, X509Certificate2? Authority, DateTimeOffset? RenewalAt, string? Fault = null)
{
    // Offline: a panel at home asks nobody on the internet about its certificate.
    private readonly Lazy<SslStreamCertificateContext> chain = new(() => SslStreamCertificateContext.Create(Certificate, Issuers, offline: true));

    /// <summary>It and what is sent with it. The first who asks waits: all that the system trusts are read for it, which takes a tenth of a start.</summary>
    /// <exception cref="CryptographicException">They cannot be used.</exception>
    public SslStreamCertificateContext Chain => chain.Value;

    /// <summary>What it is for.</summary>
    public PanelNames Names { get; } = PanelNames.Of(Certificate);

    /// <summary>SHA-256 of what people compare: the authority, or else the certificate itself. Pairs of digits, in four groups.</summary>
    public string Fingerprint
    {
        get
        {
            var pairs = SHA256.HashData((Authority ?? Certificate).RawData).Select(part => part.ToString("X2", CultureInfo.InvariantCulture));
            return string.Join(' ', pairs.Chunk(8).Select(group => string.Join(':', group)));
        }
    }

    /// <summary>How the day on which one ends, or is renewed, is written.</summary>
    internal static string DayOf(DateTime date) => date.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
