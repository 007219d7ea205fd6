using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PiCam.Blazor.Certificates;
using Xunit;

namespace PiCam.Tests.Blazor.Certificates;

/// <summary>What the panel's authority can vouch for, and what it makes.</summary>
public sealed class LocalAuthorityTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static readonly PanelNames Own = new(
        ["localhost", "camera", "camera.local", "cam.example.org"], [IPAddress.Loopback, IPAddress.Parse("192.168.1.20")]);

    [Theory]
    [InlineData("camera.local", true)]
    [InlineData("renamed.local", true)]
    [InlineData("camera", true)]
    [InlineData("cam.example.org", true)]
    [InlineData("bank.example", false)]
    [InlineData("example.org", false)]
    [InlineData("local.example", false)]
    [InlineData("shop.camera", false)]
    [InlineData("192.168.7.7", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("fd00::5", true)]
    [InlineData("8.8.8.8", false)]
    [InlineData("172.32.0.1", false)]
    [InlineData("2001:db8::1", false)]
    public void Chain_OfAStolenKey_HoldsForLocalNamesOnly(string name, bool trusted)
    {
        var authority = LocalAuthority.Create("camera", Own, Now);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = new CertificateRequest("CN=forged", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        forged.CertificateExtensions.Add(names.Build());
        using var leaf = forged.Create(authority.Certificate, Now.AddHours(-1), Now.AddDays(1), [1, 2, 3]);

        Assert.Equal(trusted, Trusts(authority, leaf));
    }

    [Fact]
    public void Issue_AddressThatMayNotBeVouchedFor_IsLeftOutAndTheRestIsTrusted()
    {
        var authority = LocalAuthority.Create("camera", Own, Now);
        var more = new PanelNames([.. Own.Names, "new.example.net"], [.. Own.Addresses, IPAddress.Parse("203.0.113.9"), IPAddress.Parse("fd00::5")]);

        using var leaf = authority.Issue("camera", more, Now);

        Assert.True(Trusts(authority, leaf));
        Assert.True(PanelNames.Of(leaf).IsSameAs(new(Own.Names, [.. Own.Addresses, IPAddress.Parse("fd00::5")])));
        Assert.False(authority.IsDue(leaf, more, Now));
    }

    [Fact]
    public void Issue_IsWhatBrowsersTake()
    {
        var authority = LocalAuthority.Create("camera", Own, Now);
        using var leaf = authority.Issue("camera", Own, Now);

        Assert.InRange((leaf.NotAfter - leaf.NotBefore).TotalDays, 90, 92);
        Assert.True(leaf.NotBefore < Now.AddHours(-23), "A Pi's clock may be behind.");
        Assert.Equal("1.3.6.1.5.5.7.3.1", Assert.Single(leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>()).EnhancedKeyUsages[0].Value);
        Assert.Equal("1.2.840.10045.3.1.7", leaf.GetECDsaPublicKey()!.ExportParameters(false).Curve.Oid.Value);
        var basic = Assert.Single(authority.Certificate.Extensions.OfType<X509BasicConstraintsExtension>());
        Assert.Equal((true, true, 0), (basic.Critical, basic.CertificateAuthority, basic.PathLengthConstraint));
        Assert.True(Assert.Single(authority.Certificate.Extensions, e => e.Oid?.Value == "2.5.29.30").Critical);
        Assert.Equal(Now.Year + 10, authority.Certificate.NotAfter.ToUniversalTime().Year);
    }

    [Fact]
    public void IsDue_ByTimeAndNames()
    {
        var authority = LocalAuthority.Create("camera", Own, Now);
        using var leaf = authority.Issue("camera", Own, Now);

        Assert.False(authority.IsDue(leaf, Own, Now));
        Assert.False(authority.IsDue(leaf, Own, Now.AddDays(59)));
        Assert.True(authority.IsDue(leaf, Own, Now.AddDays(61)));
        Assert.True(authority.IsDue(leaf, new([.. Own.Names, "renamed.local"], Own.Addresses), Now));
        Assert.True(authority.IsDue(leaf, new(Own.Names, [IPAddress.Loopback]), Now));
        Assert.True(LocalAuthority.Create("camera", Own, Now).IsDue(leaf, Own, Now));
    }

    [Fact]
    public void Clock_FiftyYearsBehind_GivesAnAuthorityThatOutlastsItsBeingSet()
    {
        var authority = LocalAuthority.Create("camera", Own, DateTimeOffset.UnixEpoch);
        using var early = authority.Issue("camera", Own, DateTimeOffset.UnixEpoch);
        using var later = authority.Issue("camera", Own, Now.AddDays(100));

        Assert.False(authority.IsDue(early, Own, DateTimeOffset.UnixEpoch));
        Assert.True(authority.Certificate.NotAfter > Now.AddYears(9));
        Assert.True(later.NotAfter > Now.AddDays(180));
        Assert.True(authority.IsDue(later, Own, DateTimeOffset.UnixEpoch), "With such a clock it is not valid yet.");
    }

    [Fact]
    public void Pem_ReadAgain_IsTheSameAuthority()
    {
        var authority = LocalAuthority.Create("camera", Own, Now);
        using var leaf = authority.Issue("camera", Own, Now);

        var again = LocalAuthority.FromPem(authority.ToPem());

        Assert.Equal(authority.Certificate.RawData, again.Certificate.RawData);
        Assert.False(again.IsDue(leaf, Own, Now));
        Assert.Throws<InvalidDataException>(() => LocalAuthority.FromPem(LocalAuthority.ToPem(leaf)));
        Assert.Throws<InvalidDataException>(() => LocalAuthority.FromPem(authority.Certificate.ExportCertificatePem()));
        Assert.Throws<InvalidDataException>(() => LocalAuthority.FromPem(""));
    }

    private static bool Trusts(LocalAuthority authority, X509Certificate2 leaf)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority.Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(leaf);
    }
}
