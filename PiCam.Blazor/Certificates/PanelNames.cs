using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace PiCam.Blazor.Certificates;

/// <summary>What the panel can be called by: the subject alternative names of a certificate.</summary>
/// <param name="Names">Host names in lower case.</param>
/// <param name="Addresses">IP addresses.</param>
public sealed record PanelNames(IReadOnlyList<string> Names, IReadOnlyList<IPAddress> Addresses)
{
    /// <summary>Those of a certificate; empty where it has none.</summary>
    public static PanelNames Of(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);

        // .NET makes a bare X509Extension of this one, unlike of others.
        var found = certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == "2.5.29.17");
        if (found is null)
        {
            return new PanelNames([], []);
        }

        var names = new X509SubjectAlternativeNameExtension(found.RawData);
        return new PanelNames([.. names.EnumerateDnsNames()], [.. names.EnumerateIPAddresses()]);
    }

    /// <summary>Whether it is the same, in whatever order.</summary>
    public bool IsSameAs(PanelNames other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Names.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(other.Names) && Addresses.ToHashSet().SetEquals(other.Addresses);
    }
}
