using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PiCam.Blazor.Certificates;

/// <summary>A certificate authority of this panel's own, which can vouch for nothing but local names.</summary>
internal sealed class LocalAuthority
{
    /// <summary>With less left than this a certificate is replaced.</summary>
    public static readonly TimeSpan RenewalTime = TimeSpan.FromDays(30);

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    // A Pi without a clock chip may begin in 1970; no clock that shows less than this is right.
    private static readonly DateTimeOffset Earliest = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // RFC 5280: longer common names are not valid.
    private const int LongestName = 64;

    private readonly NameConstraints constraints;

    private LocalAuthority(X509Certificate2 certificate)
    {
        Certificate = certificate;
        constraints = NameConstraints.Of(certificate);
    }

    /// <summary>The authority's own, with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Makes an authority for ten years.</summary>
    /// <param name="machineName">What people will know it by.</param>
    /// <param name="names">What it can vouch for, beside local names and addresses.</param>
    /// <param name="now">The clock.</param>
    public static LocalAuthority Create(string machineName, PanelNames names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject("PiCam authority of " + machineName), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLengthConstraint: 0));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));

        // Nor for mail or programs, which names do not bind.
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(NameConstraints.For(names).ToExtension());
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var start = now > Earliest ? now : Earliest;
        return new LocalAuthority(request.CreateSelfSigned(start - ClockTolerance, start.AddYears(10)));
    }

    /// <summary>Reads what <see cref="ToPem()"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is not an authority with its key.</exception>
    public static LocalAuthority FromPem(string pem)
    {
        try
        {
            var authority = X509Certificate2.CreateFromPem(pem, pem);
            return authority.Extensions.OfType<X509BasicConstraintsExtension>().Any(basic => basic.CertificateAuthority)
                ? new LocalAuthority(authority)
                : throw new InvalidDataException("it is not an authority's certificate");
        }
        catch (Exception damaged) when (damaged is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException("it is not a certificate with its private key", damaged);
        }
    }

    /// <summary>The certificate and its private key.</summary>
    public string ToPem() => ToPem(Certificate);

    /// <inheritdoc cref="ToPem()"/>
    public static string ToPem(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey() ?? throw new InvalidOperationException("The certificate has no key.");
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <summary>Makes the panel's certificate, for ninety days, with as many of these names as the authority can vouch for.</summary>
    public X509Certificate2 Issue(string machineName, PanelNames names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject("PiCam on " + machineName), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(Alternatives(constraints.Among(names)));

        // Positive, and longer than anybody could guess.
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        var at = Within(now);
        var (first, last) = (at - ClockTolerance, at + Lifetime);
        using var issued = request.Create(
            Certificate, first < Certificate.NotBefore ? Certificate.NotBefore : first, last > Certificate.NotAfter ? Certificate.NotAfter : last, serial);
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>Whether the panel should have another certificate than this one.</summary>
    public bool IsDue(X509Certificate2 leaf, PanelNames names, DateTimeOffset now)
    {
        var at = Within(now);
        return at < leaf.NotBefore
            || (at > leaf.NotAfter - RenewalTime && leaf.NotAfter < Certificate.NotAfter)
            || !PanelNames.Of(leaf).IsSameAs(constraints.Among(names))
            || !leaf.IssuerName.RawData.AsSpan().SequenceEqual(Certificate.SubjectName.RawData)
            || !IsSignedByThis(leaf);
    }

    private static X500DistinguishedName Subject(string name)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(name[..Math.Min(name.Length, LongestName)]);
        return builder.Build();
    }

    private static X509Extension Alternatives(PanelNames names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names.Names)
        {
            builder.AddDnsName(name);
        }

        foreach (var address in names.Addresses)
        {
            builder.AddIpAddress(address);
        }

        return builder.Build();
    }

    private bool IsSignedByThis(X509Certificate2 leaf)
    {
        var known = Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifierBytes;
        var named = leaf.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier;
        return known is { } ours && named is { } theirs && ours.Span.SequenceEqual(theirs.Span);
    }

    /// <summary>What a clock that is plainly wrong may mean.</summary>
    private DateTimeOffset Within(DateTimeOffset now) =>
        now < Certificate.NotBefore ? Certificate.NotBefore : now > Certificate.NotAfter ? Certificate.NotAfter : now;
}
