using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PiCam.Blazor.Certificates;
using PiCam.Blazor.Layout;
using PiCam.Blazor.Security;
using PiCam.Tests.Blazor.Live;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Certificates;

/// <summary>A certificate that its owner forgets, while the panel runs.</summary>
public sealed class PanelCertificateTests : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PanelContext context = new();
    private readonly HostNames names = new("porch", ["cam.example.org"]);
    private readonly DateTimeOffset end;
    private PanelCertificate? certificate;

    public PanelCertificateTests()
    {
        end = context.Time.GetUtcNow().AddDays(60);
        OwnCertificateTests.Write(folder, "cam.example.org", end);
    }

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (certificate is not null)
        {
            await certificate.StopAsync(Token);
        }

        await context.DisposeAsync();
        certificate?.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Banner_OwnersCertificateEndsAndIsReplaced_WarnsFrom21DaysBeforeUntilThen()
    {
        var panel = await StartAsync();
        var banner = context.Render<CertificateBanner>();
        context.Time.Advance(TimeSpan.FromDays(38));
        await LookedAsync();
        Assert.Null(panel.Warning);
        Assert.Empty(banner.FindAll("[role=alert]"));

        context.Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        await SaysAsync(banner, $"good until {end:yyyy-MM-dd}");
        await banner.ActAsync(() => banner.Find("button"), button => button.ClickAsync(new()));
        Assert.Empty(banner.FindAll("[role=alert]"));

        // That it was closed does not hold for what is worse.
        context.Time.Advance(TimeSpan.FromDays(21));
        await SaysAsync(banner, $"ended on {end:yyyy-MM-dd}");

        OwnCertificateTests.Write(folder, "cam.example.org", end.AddDays(90));
        await SaysAsync(banner, null);
        Assert.Null(panel.Warning);
    }

    [Fact]
    public async Task Start_WithACertificateThatEndsSoon_WarnsAtOnce()
    {
        OwnCertificateTests.Write(folder, "cam.example.org", context.Time.GetUtcNow().AddDays(20));
        Assert.Equal("certificate.ending", (await StartAsync()).Warning?.Code);
    }

    /// <summary>Lets time pass until the banner says so; null: nothing.</summary>
    private Task SaysAsync(IRenderedComponent<CertificateBanner> banner, string? text) => Eventually.TrueAsync(
        () =>
        {
            context.Time.Advance(TimeSpan.FromSeconds(1));
            var said = banner.FindAll("[role=alert]");
            return text is null ? said.Count == 0 : said.Any(element => element.TextContent.Contains(text, StringComparison.Ordinal));
        },
        $"the banner says: {text}",
        Token);

    private async Task<PanelCertificate> StartAsync()
    {
        var options = Options.Create(new HttpsOptions { Mode = "own", Certificate = folder["cert.pem"], Key = folder["key.pem"] });
        var source = new OwnCertificate(options, names, context.Time, NullLogger<OwnCertificate>.Instance);
        certificate = new PanelCertificate(source, new FakeMachine(), context.Time, NullLogger<PanelCertificate>.Instance);
        context.Services.AddSingleton(certificate);
        await certificate.StartingAsync(Token);
        await certificate.StartAsync(Token);
        return certificate;
    }

    /// <summary>Returns when the panel has looked at its files once more.</summary>
    private async Task LookedAsync()
    {
        var looked = false;
        certificate!.Changed += Look;
        OwnCertificateTests.Write(folder, "cam.example.org", end);
        await Eventually.TrueAsync(
            () =>
            {
                context.Time.Advance(TimeSpan.FromSeconds(1));
                return looked;
            },
            "it has looked",
            Token);
        certificate.Changed -= Look;

        void Look() => looked = true;
    }
}
