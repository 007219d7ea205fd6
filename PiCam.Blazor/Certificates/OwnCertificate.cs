using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using PiCam.Blazor.Security;
using PiCam.Blazor.StartUp;

namespace PiCam.Blazor.Certificates;

/// <summary>A certificate that the owner brings and renews, such as one of certbot's.</summary>
internal sealed partial class OwnCertificate(
    IOptions<HttpsOptions> options, HostNames hosts, TimeProvider time, ILogger<OwnCertificate> logger) : ICertificateSource
{
    private CertificateInUse? current;
    private string? seen;

    public CertificateInUse Open()
    {
        try
        {
            seen = Stamp();
            return current = Load(options.Value, hosts, time.GetUtcNow());
        }
        catch (InvalidDataException unusable)
        {
            throw new StartUpException(unusable.Message, unusable);
        }
    }

    public CertificateInUse? Refresh()
    {
        if (Stamp() is var stamp && stamp == seen)
        {
            return null;
        }

        // Also when it cannot be used: it is said once, and looked at again when it changes again.
        seen = stamp;
        try
        {
            current = Load(options.Value, hosts, time.GetUtcNow());
            LogLoaded(current.Certificate.NotAfter.ToUniversalTime());
        }
        catch (InvalidDataException unusable)
        {
            LogUnusable(unusable.Message);
            current = current! with { Fault = unusable.Message };
        }

        return current;
    }

    /// <summary>Reads and checks both files.</summary>
    /// <exception cref="InvalidDataException">They cannot be used; the message is one sentence that names key and file.</exception>
    internal static CertificateInUse Load(HttpsOptions options, HostNames hosts, DateTimeOffset now)
    {
        var certificateText = Read(nameof(HttpsOptions.Certificate), options.Certificate);
        var keyText = Read(nameof(HttpsOptions.Key), options.Key);
        var (certificateKey, keyKey) = ($"{HttpsOptions.Section}:{nameof(HttpsOptions.Certificate)} ({options.Certificate})", $"{HttpsOptions.Section}:{nameof(HttpsOptions.Key)} ({options.Key})");
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(certificateText);
        }
        catch (CryptographicException unreadable)
        {
            throw new InvalidDataException($"{certificateKey} holds no certificate in PEM.", unreadable);
        }

        if (chain.Count == 0)
        {
            throw new InvalidDataException($"{certificateKey} holds no certificate in PEM.");
        }

        X509Certificate2 certificate;
        try
        {
            certificate = X509Certificate2.CreateFromPem(certificateText, keyText);
        }
        catch (Exception mismatch) when (mismatch is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException(
                $"{keyKey} is not the private key, unencrypted and in PEM, of the first certificate in {certificateKey}.", mismatch);
        }

        if (certificate.NotAfter.ToUniversalTime() <= now)
        {
            throw new InvalidDataException(
                $"{certificateKey} expired on {CertificateInUse.DayOf(certificate.NotAfter)}.");
        }

        if (!CoversOneOf(certificate, hosts))
        {
            throw new InvalidDataException(
                $"{certificateKey} is for {string.Join(", ", PanelNames.Of(certificate).Names.DefaultIfEmpty("no name"))}, and none of it is a name of this panel: "
                + $"add the one by which the panel is called to {NetworkOptions.Section}:{nameof(NetworkOptions.AllowedHosts)}.");
        }

        chain.RemoveAt(0);
        var found = new CertificateInUse(certificate, chain, Authority: null, RenewalAt: null);

        // What is wrong with the others is found out before it is used, not by the first browser.
        _ = found.Chain;
        return found;
    }

    private static bool CoversOneOf(X509Certificate2 certificate, HostNames hosts) =>
        PanelNames.Of(certificate).Addresses.Count > 0
        || hosts.Names.Any(name => Uri.CheckHostName(name) == UriHostNameType.Dns && certificate.MatchesHostname(name));

    private static string Read(string key, string? file)
    {
        if (string.IsNullOrWhiteSpace(file))
        {
            throw new InvalidDataException(
                $"{HttpsOptions.Section}:{key} must name a PEM file when {HttpsOptions.Section}:{nameof(HttpsOptions.Mode)} is {HttpsOptions.Own}.");
        }

        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{HttpsOptions.Section}:{key} ({file}) cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>Of what both files hold now: a link that leads elsewhere, as certbot's do, has no new time of its own.</summary>
    private string Stamp()
    {
        try
        {
            return Convert.ToHexString(SHA256.HashData(
                [.. File.ReadAllBytes(options.Value.Certificate!), .. File.ReadAllBytes(options.Value.Key!)]));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return unreadable.Message;
        }
    }

    [LoggerMessage(LogLevel.Information, "The certificate for HTTPS was replaced; the new one is valid until {Until:yyyy-MM-dd}")]
    private partial void LogLoaded(DateTime until);

    [LoggerMessage(LogLevel.Error, "The certificate for HTTPS was replaced by one that cannot be used, and the one before it stays in use: {Reason}")]
    private partial void LogUnusable(string reason);
}
