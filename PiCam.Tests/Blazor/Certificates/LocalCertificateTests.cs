using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PiCam.Blazor.Certificates;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;
using PiCam.Blazor.StartUp;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Certificates;

/// <summary>The authority and the certificate in the data folder, over starts, months and changes of the network.</summary>
public sealed class LocalCertificateTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder temporary = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2027, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeMachine machine = new("192.168.1.20");
    private readonly DataFolder folder;

    public LocalCertificateTests()
    {
        folder = new DataFolder(new ConfigurationBuilder().AddInMemoryCollection([new("PICAM_DATA", temporary["data"])]).Build());
        folder.Prepare();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string AuthorityFile => Path.Combine(folder.Certificates, "authority.pem");

    private string LeafFile => Path.Combine(folder.Certificates, "panel.pem");

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Open_AgainOnTheSameFolder_IsTheSameCertificate()
    {
        var first = Source().Open();
        var second = Source().Open();

        Assert.Equal(first.Certificate.RawData, second.Certificate.RawData);
        Assert.Equal(first.Fingerprint, second.Fingerprint);
        Assert.Contains("porch.local", first.Names.Names);
        Assert.Contains("porch.fritz.box", first.Names.Names);
        Assert.Contains("cam.example.org", first.Names.Names);
        Assert.Equal(["192.168.1.20", "127.0.0.1", "::1"], first.Names.Addresses.Select(address => address.ToString()));
    }

    [Fact]
    public void Files_AreForTheOwnerOnly_AlsoWhenSomebodyOpenedThem()
    {
        Source().Open();
        Assert.All(Directory.GetFiles(folder.Certificates), file => Assert.Equal(Private, File.GetUnixFileMode(file)));
        Assert.Equal(Private | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Certificates));
        File.SetUnixFileMode(AuthorityFile, Private | UnixFileMode.OtherRead);
        File.SetUnixFileMode(folder.Certificates, Private | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);

        folder.Prepare();

        Assert.Equal(Private, File.GetUnixFileMode(AuthorityFile));
        Assert.Equal(Private | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Certificates));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n")]
    public void Open_AuthorityDamagedOrLost_IsSaidAndNothingIsReplaced(string? content)
    {
        Source().Open();
        File.Delete(AuthorityFile);
        if (content is not null)
        {
            File.WriteAllText(AuthorityFile, content);
        }

        var refused = Assert.Throws<StartUpException>(() => Source().Open());

        Assert.Contains(AuthorityFile, refused.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.Exists(AuthorityFile) ? File.ReadAllText(AuthorityFile) : null);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    public void Open_LeafDamagedOrLost_IsMadeAnewByTheSameAuthority(string? content)
    {
        var first = Source().Open();
        File.Delete(LeafFile);
        if (content is not null)
        {
            File.WriteAllText(LeafFile, content);
        }

        var second = Source().Open();

        Assert.Equal(first.Fingerprint, second.Fingerprint);
        Assert.NotEqual(first.Certificate.RawData, second.Certificate.RawData);
    }

    [Fact]
    public void Open_AfterAYear_RenewsWithTheSameAuthority()
    {
        var first = Source().Open();
        time.Advance(TimeSpan.FromDays(365));

        var second = Source().Open();

        Assert.Equal(first.Fingerprint, second.Fingerprint);
        Assert.True(second.Certificate.NotAfter.ToUniversalTime() > time.GetUtcNow().AddDays(89));
    }

    [Fact]
    public async Task Running_TimeAndAddressesChange_AnotherCertificateIsInUse()
    {
        using var running = new PanelCertificate(Source(), machine, time, NullLogger<PanelCertificate>.Instance);
        await running.StartingAsync(Token);
        await running.StartAsync(Token);
        var changes = 0;
        running.Changed += () => changes++;
        var first = running.Current!;

        // Nothing is due for sixty days.
        await PassAsync(() => first.RenewalAt < time.GetUtcNow());
        await PassAsync(() => running.Current != first);
        var second = running.Current!;
        Assert.InRange((second.Certificate.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime).TotalDays, 89, 90);
        Assert.Equal(first.Fingerprint, second.Fingerprint);

        // And an address that the authority cannot vouch for. The event may come before anybody listens; the clock finds it then.
        machine.Become("10.0.0.7", "203.0.113.9");
        await PassAsync(() => running.Current != second);
        Assert.Equal(["10.0.0.7", "127.0.0.1", "::1"], running.Current!.Names.Addresses.Select(address => address.ToString()));
        Assert.Equal(2, changes);
        await running.StopAsync(Token);

        Task PassAsync(Func<bool> condition) => Eventually.TrueAsync(
            () =>
            {
                time.Advance(PanelCertificate.Interval * 60);
                return condition();
            },
            "the certificate is another",
            Token);
    }

    private LocalCertificate Source() =>
        new(folder, new HostNames("porch", ["cam.example.org"]), machine, time, NullLogger<LocalCertificate>.Instance);
}
