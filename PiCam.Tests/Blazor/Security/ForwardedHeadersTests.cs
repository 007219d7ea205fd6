using System.Net;
using PiCam.Blazor.Certificates;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

/// <summary>A known proxy is believed who asks, how and for what; nobody else is.</summary>
public sealed class ForwardedHeadersTests
{
    private const string Known = "--Network:KnownProxies:0=127.0.0.0/8";
    private const string AllowedHost = "--Network:AllowedHosts:0=cam.example.org";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KnownProxy_SchemeAndHost_AreWhatThePanelSees()
    {
        await using var panel = await StartAsync(Known, AllowedHost);
        using var browser = Behind(panel, "https", "cam.example.org");
        browser.Http.DefaultRequestHeaders.Remove("Origin");
        browser.Http.DefaultRequestHeaders.Add("Origin", "https://cam.example.org");

        using var answer = await browser.PostAsync("/sign-in", new() { ["Form.UserName"] = "ana", ["Form.Password"] = "long enough now" });

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie =>
            cookie.StartsWith("__Host-picam=", StringComparison.Ordinal) && cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task KnownProxy_ForeignHost_IsRefusedAllTheSame()
    {
        await using var panel = await StartAsync(Known);
        using var browser = Behind(panel, "https", "evil.example");
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Http.GetAsync("/sign-in", Token)).StatusCode);
    }

    [Fact]
    public async Task KnownProxy_ForeignOrigin_IsRefused()
    {
        await using var panel = await StartAsync(Known, AllowedHost);
        using var browser = Behind(panel, "https", "cam.example.org");
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Http.PostAsync("/sign-out", null, Token)).StatusCode);
    }

    [Theory]
    [InlineData()]
    [InlineData("--Network:KnownProxies:0=192.0.2.7")]
    public async Task AnybodyElse_ForgedHeaders_ChangeNothing(params string[] arguments)
    {
        await using var panel = await StartAsync([AllowedHost, .. arguments]);
        using var browser = Behind(panel, "https", "evil.example");

        using var answer = await browser.PostAsync("/sign-in", new() { ["Form.UserName"] = "ana", ["Form.Password"] = "long enough now" });

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("picam=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task KnownProxy_OverHttp_IsNotLedToThePanelsOwnPort()
    {
        await using var panel = await StartAsync(Known, "--urls", "http://127.0.0.1:0;https://127.0.0.1:0");
        await panel.Services.GetRequiredService<AlwaysHttps>()
            .TurnOnAsync(Callers.Administrator, panel.SecureAddress, panel.Services.GetRequiredService<HttpsEndpoint>());
        using var browser = Behind(panel, "http", "localhost");
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/sign-in", Token)).StatusCode);
    }

    [Theory]
    [InlineData("https", "over HTTPS already")]
    [InlineData("http", "can be read on the way")]
    public async Task KnownProxy_CertificatePage_ExplainsAndLeadsToNoPortOfThePanel(string scheme, string said)
    {
        await using var panel = await StartAsync(Known, AllowedHost, "--urls", "http://127.0.0.1:0;https://127.0.0.1:0");
        using var browser = Behind(panel, scheme, "cam.example.org");

        var page = await browser.Http.GetStringAsync("/certificate", Token);
        var signIn = await browser.Http.GetStringAsync("/sign-in", Token);

        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.DoesNotContain($":{panel.SecureAddress.Port}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("picam-ca.crt", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/certificate\"", signIn, StringComparison.Ordinal);
    }

    private static FormClient Behind(PanelHost panel, string scheme, string host)
    {
        var browser = new FormClient(panel.Address);
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-Host", host);
        return browser;
    }

    private static async Task<PanelHost> StartAsync(params string[] arguments)
    {
        var panel = await PanelHost.StartAsync(Token, null, arguments);
        await panel.AddUserAsync("ana", "long enough now", Role.Administrator, Token);
        return panel;
    }
}
