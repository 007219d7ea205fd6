using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PiCam.Blazor.Certificates;
using PiCam.Blazor.Security;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Certificates;

/// <summary>A certificate that the owner brings: what is wrong with it is said, and a new one is taken while the panel runs.</summary>
public sealed class OwnCertificateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2027, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_CertificateAndKey_AreInUse()
    {
        Write("*.example.org", days: 10);
        Assert.Equal("*.example.org", Assert.Single(Load().Names.Names));
    }

    [Theory]
    [InlineData("evil.example", 10, "Network:AllowedHosts")]
    [InlineData("cam.example.org", -1, "expired")]
    public void Load_CertificateThatNobodyWouldTake_SaysWhy(string name, int days, string said)
    {
        Write(name, days);
        Assert.Contains(said, Assert.Throws<InvalidDataException>(Load).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cert.pem", null, "Https:Certificate")]
    [InlineData("cert.pem", "nonsense", "Https:Certificate")]
    [InlineData("key.pem", null, "Https:Key")]
    [InlineData("key.pem", "nonsense", "Https:Key")]
    public void Load_FileThatIsNotThereOrNonsense_IsNamed(string file, string? content, string key)
    {
        Write("cam.example.org", days: 10);
        File.Delete(folder[file]);
        if (content is not null)
        {
            File.WriteAllText(folder[file], content);
        }

        var message = Assert.Throws<InvalidDataException>(Load).Message;

        Assert.StartsWith(key, message, StringComparison.Ordinal);
        Assert.Contains(folder[file], message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_KeyOfAnotherCertificate_IsNamed()
    {
        Write("cam.example.org", days: 10);
        var certificate = File.ReadAllText(folder["cert.pem"]);
        Write("cam.example.org", days: 10);
        File.WriteAllText(folder["cert.pem"], certificate);
        Assert.StartsWith("Https:Key", Assert.Throws<InvalidDataException>(Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refresh_FilesChange_TakesTheNewOneUnlessItCannotBeUsed()
    {
        Write("cam.example.org", days: 10);
        var source = Source();
        var first = source.Open();
        Assert.Null(source.Refresh());

        Write("cam.example.org", days: 20);
        var second = source.Refresh();
        Assert.NotNull(second);
        Assert.NotEqual(first.Certificate.RawData, second.Certificate.RawData);
        Assert.Null(second.Fault);

        File.Delete(folder["key.pem"]);
        var third = source.Refresh();
        Assert.Equal(second.Certificate.RawData, third!.Certificate.RawData);
        Assert.Contains("Https:Key", third.Fault, StringComparison.Ordinal);
        Assert.Null(source.Refresh());

        Write("cam.example.org", days: 30);
        Assert.Null(source.Refresh()!.Fault);
    }

    /// <summary>Puts a certificate for a name and its key into two files.</summary>
    internal static void Write(TemporaryFolder folder, string name, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=own", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(until.AddDays(-60), until);
        File.WriteAllText(folder["cert.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(folder["key.pem"], key.ExportPkcs8PrivateKeyPem());
    }

    private HttpsOptions Settings() => new() { Mode = "own", Certificate = folder["cert.pem"], Key = folder["key.pem"] };

    private CertificateInUse Load() => OwnCertificate.Load(Settings(), new HostNames("porch", ["cam.example.org"]), time.GetUtcNow());

    private OwnCertificate Source() =>
        new(Options.Create(Settings()), new HostNames("porch", ["cam.example.org"]), time, NullLogger<OwnCertificate>.Instance);

    private void Write(string name, int days) => Write(folder, name, time.GetUtcNow().AddDays(days));
}
