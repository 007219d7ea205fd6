using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Certificates;
using PiCam.Blazor.Security;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Certificates;

/// <summary>The real panel over HTTPS and HTTP at once.</summary>
public sealed class HttpsPanelTests
{
    private const string Password = "long enough now";
    private const string Both = "http://127.0.0.1:0;https://127.0.0.1:0";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Certificate_BeforeSetup_IsThereOverHttpAndMakesThePanelTrusted()
    {
        await using var panel = await PanelHost.StartAsync(Token, null, "--urls", Both);
        using var plain = panel.CreateClient();
        var page = await plain.GetStringAsync("/certificate", Token);
        using var file = await plain.GetAsync("/certificate/picam-ca.crt", Token);
        var authority = await file.Content.ReadAsByteArrayAsync(Token);

        Assert.Equal("application/x-x509-ca-cert", file.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"picam-{Environment.MachineName}.crt", file.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Contains(Convert.ToHexString(SHA256.HashData(authority))[..2] + ":", page, StringComparison.Ordinal);
        Assert.Contains($"https://127.0.0.1:{panel.SecureAddress.Port}/", page, StringComparison.Ordinal);
        using var secure = new SecureClient(panel.SecureAddress, authority);
        using var answer = await secure.Http.GetAsync("/setup", Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($"{panel.SecureAddress.GetLeftPart(UriPartial.Authority)}/setup?code=", panel.Printed, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Linux; Android 15)", "Android")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", "Certificate Trust Settings")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "Trusted Root")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", "Keychain")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64)", "Debian")]
    public async Task CertificatePage_OpensTheStepsOfTheVisitorsSystem(string agent, string step)
    {
        await using var panel = await PanelHost.StartAsync(Token, null, "--urls", Both);
        using var client = panel.CreateClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent);

        var page = await client.GetStringAsync("/certificate", Token);

        var open = page.Split("<details").Skip(1).Where(part => part.Split('>')[0].Contains("open", StringComparison.Ordinal)).ToList();
        Assert.Contains(step, Assert.Single(open).Split("</details>")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mode_Off_HasNoAuthorityAndSaysSo()
    {
        await using var panel = await PanelHost.StartAsync(Token, null, "--Https:Mode=off");
        using var client = panel.CreateClient();
        using var file = await client.GetAsync("/certificate/picam-ca.crt", Token);
        Assert.Equal(HttpStatusCode.NotFound, file.StatusCode);
        Assert.Contains("does not use HTTPS", await client.GetStringAsync("/certificate", Token), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(panel.DataFolder, "certs")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Mode_Own_ShowsTheOwnersCertificateAndHstsOnlyIfAsked(bool hsts)
    {
        using var files = new TemporaryFolder();
        OwnCertificateTests.Write(files, "cam.example.org", TimeProvider.System.GetUtcNow().AddDays(30));
        await using var panel = await PanelHost.StartAsync(
            Token, null, "--urls", Both, "--Https:Mode=own", $"--Https:Certificate={files["cert.pem"]}", $"--Https:Key={files["key.pem"]}",
            "--Network:AllowedHosts:0=cam.example.org", $"--Https:Hsts={hsts}");
        using var secure = new SecureClient(panel.SecureAddress, authority: null);
        using var answer = await secure.Http.GetAsync("/certificate", Token);
        using var plain = await panel.CreateClient().GetAsync("/certificate", Token);

        Assert.Equal("CN=own", secure.Shown!.Subject);
        Assert.Contains("its owner has brought", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(hsts ? ["max-age=15552000"] : [], answer.Headers.TryGetValues("Strict-Transport-Security", out var values) ? values : []);
        Assert.False(plain.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Redirect_SwitchedOn_LeadsToHttpsButForWhatADeviceNeedsBefore()
    {
        await using var panel = await StartAsync();
        using var client = panel.CreateClient();
        var (always, endpoint) = (panel.Services.GetRequiredService<AlwaysHttps>(), panel.Services.GetRequiredService<HttpsEndpoint>());
        var secure = panel.SecureAddress.GetLeftPart(UriPartial.Authority);
        await Assert.ThrowsAsync<AccessRefusedException>(() => always.TurnOnAsync(Callers.Operator, panel.SecureAddress, endpoint));
        await Assert.ThrowsAsync<InvalidValueException>(() => always.TurnOnAsync(Callers.Administrator, panel.Address, endpoint));
        await Assert.ThrowsAsync<InvalidValueException>(() => always.TurnOnAsync(Callers.Administrator, new("https://cam.example.org/status"), endpoint));
        Assert.Equal("/sign-in", (await client.GetAsync("/", Token)).Headers.Location?.ToString());

        await always.TurnOnAsync(Callers.Administrator, panel.SecureAddress, endpoint);

        using var led = await client.GetAsync("/library?kind=still", Token);
        Assert.Equal((HttpStatusCode.TemporaryRedirect, secure + "/library?kind=still"), (led.StatusCode, led.Headers.Location?.OriginalString));
        using var posted = await client.PostAsync("/sign-in", null, Token);
        Assert.Equal(HttpStatusCode.Forbidden, posted.StatusCode);
        Assert.Contains(secure + "/sign-in", await posted.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        foreach (var path in new[] { "/certificate", "/certificate/picam-ca.crt", "/css/picam.css", "/healthz", "/readyz" })
        {
            Assert.Equal((path, HttpStatusCode.OK), (path, (await client.GetAsync(path, Token)).StatusCode));
        }

        using var https = new SecureClient(panel.SecureAddress, authority: null);
        Assert.Equal("/sign-in", (await https.Http.GetAsync("/", Token)).Headers.Location?.ToString());

        // Another process on the same folder, as the one who locked themselves out would use it.
        var command = await PanelProcess.RunAsync(panel.DataFolder, "", "https", "redirect", "off");
        Assert.Equal((0, ""), (command.ExitCode, command.Errors));
        await Eventually.TrueAsync(() => !always.IsOn, "the panel has noticed", Token);
        Assert.Equal("/sign-in", (await client.GetAsync("/", Token)).Headers.Location?.ToString());
    }

    [Fact]
    public async Task Cookies_OfHttpsAndHttp_AreTwo()
    {
        await using var panel = await StartAsync();
        using var plain = new FormClient(panel.Address);
        using var secure = new FormClient(panel.SecureAddress, anyCertificate: true);

        Assert.Equal(HttpStatusCode.Found, await secure.SignInAsync("ana", Password));
        Assert.Equal(HttpStatusCode.Found, await plain.SignInAsync("ana", Password));

        Assert.Equal(HttpStatusCode.OK, (await secure.Http.GetAsync("/api/status", Token)).StatusCode);
        var cookie = secure.Cookies["__Host-picam"]!;
        Assert.Equal((true, true, "/"), (cookie.Secure, cookie.HttpOnly, cookie.Path));
        Assert.Null(secure.Cookies["picam"]);
        Assert.False(plain.Cookies["picam"]!.Secure);

        // Signed in by either name, a request that proves no origin is refused.
        secure.Http.DefaultRequestHeaders.Remove("Origin");
        Assert.Equal(HttpStatusCode.Forbidden, (await secure.Http.PostAsync("/sign-out", null, Token)).StatusCode);
    }

    [Fact]
    public async Task Http2_StreamThatThePanelEnds_LeavesTheConnectionsOtherRequests()
    {
        await using var panel = await StartAsync();
        var token = await panel.Services.GetRequiredService<Tokens>().AddAsync(Caller.System, "o", Role.Administrator, Token);
        using var client = new SecureClient(panel.SecureAddress, authority: null, HttpVersion.Version20);
        client.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var session = panel.Services.GetRequiredService<CameraSession>();
        await SendUntilAsync(panel, () => session.State.Condition == CameraCondition.Live);
        var opening = client.Http.GetAsync("/stream.mjpg", HttpCompletionOption.ResponseHeadersRead, Token);
        await SendUntilAsync(panel, () => opening.IsCompleted);
        using var stream = await opening;
        Assert.Equal((HttpStatusCode.OK, "h2"), (stream.StatusCode, client.Protocol.ToString()));
        using var events = await client.Http.GetAsync("/api/events?only=camera", HttpCompletionOption.ResponseHeadersRead, Token);
        await using var news = await events.Content.ReadAsStreamAsync(Token);

        using var off = await client.Http.PutAsync("/api/privacy", new StringContent("""{"on": true}""", Encoding.UTF8, "application/json"), Token);

        Assert.Equal(HttpStatusCode.OK, off.StatusCode);
        await using var pictures = await stream.Content.ReadAsStreamAsync(Token);
        var ended = await Record.ExceptionAsync(() => pictures.CopyToAsync(Stream.Null, Token).WaitAsync(TimeSpan.FromSeconds(60), Token));
        Assert.True(ended is null or HttpIOException, $"{ended}");
        Assert.Equal(HttpStatusCode.OK, (await client.Http.GetAsync("/api/status", Token)).StatusCode);
        Assert.True(await news.ReadAsync(new byte[4096], Token) > 0);
        Assert.Equal(1, client.Connections);
    }

    [Fact]
    public async Task Http2_ReaderThatStopped_IsDroppedWithoutItsConnection()
    {
        await using var panel = await StartAsync();
        var token = await panel.Services.GetRequiredService<Tokens>().AddAsync(Caller.System, "v", Role.Viewer, Token);
        using var client = new SecureClient(panel.SecureAddress, authority: null, HttpVersion.Version20);
        client.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var session = panel.Services.GetRequiredService<CameraSession>();
        await SendUntilAsync(panel, () => session.State.Condition == CameraCondition.Live);
        var opening = client.Http.GetAsync("/stream.mjpg", HttpCompletionOption.ResponseHeadersRead, Token);
        await SendUntilAsync(panel, () => opening.IsCompleted);
        using var stream = await opening;
        Assert.Equal(1, session.Frames.Subscribers);

        // Larger than what the client takes unread.
        await SendUntilAsync(panel, () => session.Frames.Subscribers == 0, TestPictures.Gradient(1920, 1080));

        Assert.Equal(HttpStatusCode.OK, (await client.Http.GetAsync("/api/status", Token)).StatusCode);
        Assert.Equal(1, client.Connections);
    }

    [Fact]
    public async Task Endpoint_OfTheConfiguration_HasTheSameCertificate()
    {
        await using var panel = await PanelHost.StartAsync(Token, null, "--Kestrel:Endpoints:Panel:Url=https://127.0.0.1:0");
        var current = panel.Services.GetRequiredService<PanelCertificate>().Current!;
        using var client = new SecureClient(panel.SecureAddress, current.Authority!.RawData);
        Assert.Equal(HttpStatusCode.OK, (await client.Http.GetAsync("/healthz", Token)).StatusCode);
    }

    [Fact]
    public async Task Http2_AimingSocket_OpensForAnOperatorOnly()
    {
        await using var panel = await StartAsync();
        var tokens = panel.Services.GetRequiredService<Tokens>();
        using var client = new SecureClient(panel.SecureAddress, authority: null, HttpVersion.Version20);
        foreach (var (token, status) in new[]
        {
            (await tokens.AddAsync(Caller.System, "o", Role.Operator, Token), HttpStatusCode.OK),
            (await tokens.AddAsync(Caller.System, "v", Role.Viewer, Token), HttpStatusCode.Forbidden),
            ("", HttpStatusCode.Unauthorized),
        })
        {
            using var socket = new ClientWebSocket();
            socket.Options.HttpVersion = HttpVersion.Version20;
            socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
            socket.Options.CollectHttpResponseDetails = true;
            socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
            var opened = await Record.ExceptionAsync(
                () => socket.ConnectAsync(new UriBuilder(panel.SecureAddress) { Scheme = "wss", Path = "/api/gimbal/aim" }.Uri, client.Http, Token));
            Assert.Equal((status, status == HttpStatusCode.OK), (socket.HttpStatusCode, opened is null));
        }

        Assert.Equal(1, client.Connections);
    }

    private static Task SendUntilAsync(PanelHost panel, Func<bool> condition, byte[]? jpeg = null) => Eventually.TrueAsync(
        () =>
        {
            panel.Camera.Send(jpeg);
            return condition();
        },
        "the camera's picture arrives",
        Token);

    private static async Task<PanelHost> StartAsync()
    {
        var panel = await PanelHost.StartAsync(Token, null, "--urls", Both);
        await panel.AddUserAsync("ana", Password, Role.Administrator, Token);
        return panel;
    }
}
