using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;
using PiCam.Blazor.StartUp;

namespace PiCam.Blazor.Certificates;

/// <summary>The panel's own authority and what it makes, in the data folder.</summary>
internal sealed partial class LocalCertificate(
    DataFolder folder, HostNames hosts, IMachineAddresses machine, TimeProvider time, ILogger<LocalCertificate> logger) : ICertificateSource
{
    private LocalAuthority? authority;
    private X509Certificate2? leaf;

    // Certificate and key in one file each, which is replaced in one step: a power cut leaves a pair that fits.
    private string AuthorityFile => Path.Combine(folder.Certificates, "authority.pem");

    private string LeafFile => Path.Combine(folder.Certificates, "panel.pem");

    private PanelNames Names
    {
        get
        {
            var hostNames = hosts.Names.Where(name => Uri.CheckHostName(name) == UriHostNameType.Dns && Ascii.IsValid(name));
            var configured = hosts.Names.Where(name => IPAddress.TryParse(name, out _)).Select(IPAddress.Parse);
            return new PanelNames(
                [.. hostNames.Select(name => name.ToLowerInvariant()).Distinct(StringComparer.Ordinal)],
                [.. machine.Current.Concat(configured).Append(IPAddress.Loopback).Append(IPAddress.IPv6Loopback).Distinct()]);
        }
    }

    public CertificateInUse Open()
    {
        try
        {
            authority = File.Exists(AuthorityFile) ? Read() : Create();
            leaf = ReadLeaf();
            return Refresh() ?? InUse(leaf!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartUpException($"The certificates in {folder.Certificates} cannot be used: {exception.Message}", exception);
        }
    }

    public CertificateInUse? Refresh()
    {
        var (names, now) = (Names, time.GetUtcNow());
        if (leaf is not null && !authority!.IsDue(leaf, names, now))
        {
            return null;
        }

        var next = authority!.Issue(hosts.MachineName, names, now);
        DataFolder.WritePrivate(LeafFile, LocalAuthority.ToPem(next));
        leaf = next;
        LogIssued(next.NotAfter.ToUniversalTime());
        return InUse(next);
    }

    private CertificateInUse InUse(X509Certificate2 certificate) => new(
        certificate, Issuers: null, authority!.Certificate, new DateTimeOffset(certificate.NotAfter) - LocalAuthority.RenewalTime);

    private LocalAuthority Create()
    {
        if (File.Exists(LeafFile))
        {
            throw Damaged("it is missing, although there is a certificate that it made");
        }

        var created = LocalAuthority.Create(hosts.MachineName, Names, time.GetUtcNow());
        DataFolder.WritePrivate(AuthorityFile, created.ToPem());
        return created;
    }

    private LocalAuthority Read()
    {
        try
        {
            return LocalAuthority.FromPem(File.ReadAllText(AuthorityFile));
        }
        catch (InvalidDataException damaged)
        {
            throw Damaged(damaged.Message, damaged);
        }
    }

    /// <summary>Null: there is none that can be used, and another one is made.</summary>
    private X509Certificate2? ReadLeaf()
    {
        if (!File.Exists(LeafFile))
        {
            return null;
        }

        try
        {
            var pem = File.ReadAllText(LeafFile);
            return X509Certificate2.CreateFromPem(pem, pem);
        }
        catch (Exception damaged) when (damaged is CryptographicException or ArgumentException)
        {
            // Nobody has trusted this one but through the authority.
            LogDamaged(LeafFile);
            return null;
        }
    }

    private StartUpException Damaged(string how, Exception? reason = null)
    {
        // Not made anew without a word: people have told their devices to trust the one that was in it.
        var message = $"The certificate authority {AuthorityFile} cannot be used: {how}. Put a backup in its place, "
            + $"or remove the folder {folder.Certificates} for a new one, which every device must be told to trust again.";
        return reason is null ? new(message) : new(message, reason);
    }

    [LoggerMessage(LogLevel.Information, "A new certificate for HTTPS is in use, valid until {Until:yyyy-MM-dd}")]
    private partial void LogIssued(DateTime until);

    [LoggerMessage(LogLevel.Warning, "The certificate {File} was damaged and is made anew by the same authority")]
    private partial void LogDamaged(string file);
}
