using Bunit;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Blazor.Certificates;
using PiCam.Core.Access;
using PiCam.Tests.Blazor.Live;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Certificates;

public sealed class HttpsCardTests : IAsyncDisposable
{
    private readonly PanelContext context = new();
    private readonly FakeSource source = new();
    private readonly FakeServer server = new("http://0.0.0.0:8080", "https://0.0.0.0:8443");
    private readonly AlwaysHttps always;
    private readonly PanelCertificate certificate;

    public HttpsCardTests()
    {
        always = new AlwaysHttps(context.Store, new FakeAudit());
        certificate = new PanelCertificate(source, new FakeMachine(), context.Time, NullLogger<PanelCertificate>.Instance);
        context.Services.AddSingleton(always);
        context.Services.AddSingleton(certificate);
        context.Services.AddSingleton(new HttpsEndpoint(server));
    }

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        always.Dispose();
        certificate.Dispose();
        server.Dispose();
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Operator)]
    public async Task Render_AnybodyButAnAdministrator_IsNotThere(Role role)
    {
        var card = await RenderAsync(Callers.Viewer with { Role = role });
        Assert.Empty(card.Markup.Trim());
    }

    [Fact]
    public async Task Render_OwnersNewFilesCannotBeUsed_SaysWhy()
    {
        source.Fault = "Https:Key (/etc/key.pem) cannot be read.";
        var card = await RenderAsync(Callers.Administrator);
        Assert.Contains("/etc/key.pem", card.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_OwnersCertificateEndsSoon_SaysWhen()
    {
        source.IsOwn = true;
        var end = source.Open().Certificate.NotAfter.ToUniversalTime();
        context.Time.SetUtcNow(end.AddDays(-5));
        var card = await RenderAsync(Callers.Administrator);
        Assert.Contains($"good until {end:yyyy-MM-dd}", card.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://porch.local:8080/status", false)]
    [InlineData("https://porch.local:8443/status", true)]
    [InlineData("https://cam.example.org/status", false)]
    public async Task Switch_IsForAPageThatIsOpenAtThePanelsOwnHttps(string page, bool enabled)
    {
        var card = await RenderAsync(Callers.Administrator, page);

        Assert.Equal(enabled, !card.Find("input[type=checkbox]").HasAttribute("disabled"));
        Assert.Equal(enabled, card.FindAll($"a[href='https://{new Uri(page).Host}:8443/status']").Count == 0);
        if (enabled)
        {
            await card.ActAsync(() => card.Find("input[type=checkbox]"), element => element.ChangeAsync(new() { Value = true }));
            Assert.True(always.IsOn);
        }
    }

    [Fact]
    public async Task Switch_ThatIsOn_CanBeTurnedOffFromAnywhere()
    {
        await always.TurnOnAsync(Callers.Administrator, new("https://porch.local:8443/"), new HttpsEndpoint(server));
        var card = await RenderAsync(Callers.Administrator, "http://porch.local:8080/status");

        await card.ActAsync(() => card.Find("input[type=checkbox]"), element => element.ChangeAsync(new() { Value = false }));

        Assert.False(always.IsOn);
    }

    private async Task<IRenderedComponent<HttpsCard>> RenderAsync(Caller caller, string page = "http://porch.local:8080/status")
    {
        await certificate.StartingAsync(Token);
        context.Services.AddSingleton<Microsoft.AspNetCore.Components.NavigationManager>(new FixedPage(page));
        return context.Render<HttpsCard>(p => p.Add(c => c.Caller, caller));
    }

    private sealed class FixedPage : Microsoft.AspNetCore.Components.NavigationManager
    {
        public FixedPage(string page) => Initialize(new Uri(page).GetLeftPart(UriPartial.Authority) + "/", page);
    }

    private sealed class FakeSource : ICertificateSource
    {
        public string? Fault { get; set; }

        public bool IsOwn { get; set; }

        public CertificateInUse Open()
        {
            var names = new PanelNames(["porch.local"], []);
            var authority = LocalAuthority.Create("porch", names, TimeProvider.System.GetUtcNow());
            return new(authority.Issue("porch", names, TimeProvider.System.GetUtcNow()), null, IsOwn ? null : authority.Certificate, null, Fault);
        }

        public CertificateInUse? Refresh() => null;
    }

    private sealed class FakeServer : IServer
    {
        public FakeServer(params string[] addresses)
        {
            var listening = new ServerAddressesFeature();
            foreach (var address in addresses)
            {
                listening.Addresses.Add(address);
            }

            Features.Set<IServerAddressesFeature>(listening);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
