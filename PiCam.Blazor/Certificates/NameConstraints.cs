using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace PiCam.Blazor.Certificates;

/// <summary>
/// Which names and addresses an authority can vouch for (RFC 5280, 4.2.1.10). Browsers refuse whatever else it has signed, so
/// that its key, if it is stolen, opens no bank.
/// </summary>
internal sealed class NameConstraints
{
    private const string Id = "2.5.29.30";

    // mDNS, RFC 8375, ICANN's choice, and two that are never delegated. Not fritz.box, which is a name of the public DNS.
    private static readonly string[] LocalDomains = ["localhost", "local", "home.arpa", "internal", "lan", "home"];

    // Private, loopback and link-local.
    private static readonly IPNetwork[] LocalNetworks =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("::1/128"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
    ];

    private static readonly Asn1Tag Permitted = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Excluded = new(TagClass.ContextSpecific, 1, isConstructed: true);
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag Address = new(TagClass.ContextSpecific, 7);

    private readonly List<string> permitted;
    private readonly List<string> excluded;
    private readonly List<IPNetwork> networks;

    private NameConstraints(List<string> permitted, List<string> excluded, List<IPNetwork> networks)
    {
        this.permitted = permitted;
        this.excluded = excluded;
        this.networks = networks;
    }

    /// <summary>Local names and addresses, and these.</summary>
    public static NameConstraints For(PanelNames own)
    {
        var names = own.Names.Where(name => !LocalDomains.Any(domain => IsIn(name, domain))).ToList();

        // A machine may be called "camera", which is a top-level domain of the public DNS, too: itself, but nothing below it.
        var bare = names.Where(name => !name.Contains('.', StringComparison.Ordinal)).Select(name => "." + name);
        return new NameConstraints([.. LocalDomains, .. names], [.. bare], [.. LocalNetworks]);
    }

    /// <summary>Those of an authority.</summary>
    /// <exception cref="InvalidDataException">It has none, or none that can be read.</exception>
    public static NameConstraints Of(X509Certificate2 authority)
    {
        var extension = authority.Extensions.FirstOrDefault(extension => extension.Oid?.Value == Id)
            ?? throw new InvalidDataException("it has no name constraints");
        try
        {
            var constraints = new NameConstraints([], [], []);
            var subtrees = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            constraints.Read(subtrees.ReadSequence(Permitted), constraints.permitted);
            if (subtrees.HasData)
            {
                constraints.Read(subtrees.ReadSequence(Excluded), constraints.excluded);
            }

            return constraints;
        }
        catch (AsnContentException unreadable)
        {
            throw new InvalidDataException("its name constraints cannot be read", unreadable);
        }
    }

    /// <summary>The extension, critical: whoever does not know it must not trust the authority.</summary>
    public X509Extension ToExtension()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(Permitted))
            {
                permitted.ForEach(name => WriteSubtree(writer, () => writer.WriteCharacterString(UniversalTagNumber.IA5String, name, DnsName)));
                networks.ForEach(network => WriteSubtree(writer, () => writer.WriteOctetString(Encode(network), Address)));
            }

            if (excluded.Count > 0)
            {
                using (writer.PushSequence(Excluded))
                {
                    excluded.ForEach(name => WriteSubtree(writer, () => writer.WriteCharacterString(UniversalTagNumber.IA5String, name, DnsName)));
                }
            }
        }

        return new X509Extension(Id, writer.Encode(), critical: true);
    }

    /// <summary>Of these names and addresses, those that the authority can vouch for.</summary>
    public PanelNames Among(PanelNames names) => new(
        [.. names.Names.Where(name => permitted.Exists(domain => IsIn(name, domain)) && !excluded.Exists(domain => name.EndsWith(domain, StringComparison.OrdinalIgnoreCase)))],
        [.. names.Addresses.Where(address => networks.Exists(network => network.Contains(address)))]);

    private static bool IsIn(string name, string domain) =>
        name.Equals(domain, StringComparison.OrdinalIgnoreCase) || name.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);

    private static void WriteSubtree(AsnWriter writer, Action writeBase)
    {
        using (writer.PushSequence())
        {
            writeBase();
        }
    }

    /// <summary>Address and mask, one behind the other.</summary>
    private static byte[] Encode(IPNetwork network)
    {
        var address = network.BaseAddress.GetAddressBytes();
        var mask = address.Select((_, index) => (byte)(0xFF00 >> Math.Clamp(network.PrefixLength - (8 * index), 0, 8)));
        return [.. address, .. mask];
    }

    private static IPNetwork Decode(byte[] encoded)
    {
        var length = encoded.Length / 2;
        return new IPNetwork(new IPAddress(encoded.AsSpan(0, length)), encoded.Skip(length).Sum(part => byte.PopCount(part)));
    }

    private void Read(AsnReader subtrees, List<string> names)
    {
        while (subtrees.HasData)
        {
            var subtree = subtrees.ReadSequence();
            if (subtree.PeekTag() == DnsName)
            {
                names.Add(subtree.ReadCharacterString(UniversalTagNumber.IA5String, DnsName));
            }
            else
            {
                networks.Add(Decode(subtree.ReadOctetString(Address)));
            }
        }
    }
}
