using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

/// <summary>What can only be seen of the whole program: its files, its memory, its log.</summary>
[Collection(AloneCollection.Name)]
public sealed partial class ProcessCheckTests
{
    private const string Password = "sentinel password 41c7";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S4_Secrets_AreInNoAnswerNoLogAndNoFile()
    {
        const string CameraPassword = "sentinel-camera-93ba";
        await using var panel = await PanelProcess.StartAsync(Token, "--Logging:LogLevel:Default=Trace");
        var sentinels = new List<string> { Password, CameraPassword };
        await panel.AddOwnerAsync("ana", Password, Token);
        sentinels.Add(await panel.AddTokenAsync("boss", Role.Administrator));
        using var client = new HttpClient { BaseAddress = new Uri(panel.Address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", sentinels[^1]);
        await client.PatchAsync("/api/broadcast", Json("{\"address\": \"rtsp://ana:" + CameraPassword + "@192.0.2.1/live\"}"), Token);
        await client.PatchAsync("/api/settings", Json("{\"camera\": {\"path\": \"rtsp://ana:" + CameraPassword + "@192.0.2.1/live\"}}"), Token);
        using var browser = new FormClient(new Uri(panel.Address));
        Assert.Equal(HttpStatusCode.BadRequest, await browser.SignInAsync("ana", "wrong " + Password));
        Assert.Equal(HttpStatusCode.Found, await browser.SignInAsync("ana", Password));
        sentinels.Add(browser.Cookies["picam"]!.Value);
        const string Key = "sentinel-key-of-a-link";
        sentinels.Add(Key);
        await browser.Http.GetAsync($"/guest?key={Key}", Token);
        await browser.Http.GetAsync($"/invitation?key={Key}", Token);

        var said = new StringBuilder();
        foreach (var path in new[]
        {
            "/api/status", "/api/broadcast", "/api/settings", "/api/audit.csv", "/api/camera/capabilities", "/api/schedule", "/api/privacy", "/openapi/v1.json", "/people", "/account", "/settings",
            "/status", "/audit", "/nowhere", "/api/nowhere",
        })
        {
            said.AppendLine(await (await client.GetAsync(path, Token)).Content.ReadAsStringAsync(Token));
        }

        // A backup without a passphrase.
        var backup = await client.PostAsync("/api/backup", null, Token);
        Assert.Equal(HttpStatusCode.OK, backup.StatusCode);
        using (var archive = new System.IO.Compression.ZipArchive(await backup.Content.ReadAsStreamAsync(Token)))
        {
            foreach (var entry in archive.Entries)
            {
                using var reader = new StreamReader(await entry.OpenAsync(Token));
                said.AppendLine(await reader.ReadToEndAsync(Token));
            }
        }

        Assert.All(sentinels, secret => Assert.DoesNotContain(secret, said.ToString(), StringComparison.Ordinal));
        Assert.True(panel.Output.Count > 50, "At this level the panel says a lot.");
        Assert.All(sentinels, secret => Assert.DoesNotContain(panel.Output, line => line.Contains(secret, StringComparison.Ordinal)));

        // What PiCam checks itself is kept as a hash; what it must give to a camera is kept where the owner alone reads.
        await panel.TerminateAsync(TimeSpan.FromSeconds(30));
        var database = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(panel.DataFolder, "picam.db"), Token));
        Assert.All(sentinels.Where(secret => secret != CameraPassword), secret => Assert.DoesNotContain(secret, database, StringComparison.Ordinal));
    }

    [Fact]
    public async Task S14_EveryFile_IsTheOwnersAlone()
    {
        await using var panel = await PanelProcess.StartWithHttpsAsync(Token);
        await panel.AddOwnerAsync("ana", Password, Token);
        await PanelProcess.RunAsync(panel.DataFolder, "", "backup", Path.Combine(panel.DataFolder, "backup.picam"));
        using var browser = new FormClient(new Uri(panel.Address));
        await browser.SignInAsync("ana", Password);
        await browser.Http.PutAsync("/api/camera/name", Json("""{"name": "Porch"}"""), Token);
        await browser.Http.PatchAsync("/api/settings", Json("""{"gimbal": {"driver": "simulated"}}"""), Token);
        Assert.Equal(HttpStatusCode.Created, (await browser.Http.PostAsync("/api/stills", Json("""{"size": "640x480"}"""), Token)).StatusCode);

        var files = Directory.GetFiles(panel.DataFolder, "*", SearchOption.AllDirectories);
        foreach (var needed in new[] { "picam.db", "panel.json", "certs/", "keys/", ".jpg", "backup.picam" })
        {
            Assert.Contains(files, file => file.Contains(needed, StringComparison.Ordinal));
        }

        Assert.All(files, file => Assert.Equal((file, UnixFileMode.UserRead | UnixFileMode.UserWrite), (file, File.GetUnixFileMode(file))));
        Assert.All(
            Directory.GetDirectories(panel.DataFolder, "*", SearchOption.AllDirectories).Append(panel.DataFolder),
            folder => Assert.Equal((folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute), (folder, File.GetUnixFileMode(folder))));
    }

    [Fact]
    public async Task S15_FiveHundredStrangers_TakeLittleMemoryAndLeaveRoom()
    {
        await using var panel = await PanelProcess.StartAsync(Token, "--Camera:Width=320", "--Camera:Height=240");
        await panel.AddOwnerAsync("ana", Password, Token);
        using var browser = new FormClient(new Uri(panel.Address));
        await browser.SignInAsync("ana", Password);
        await browser.Http.GetAsync("/", Token);
        var before = await MemoryAsync(panel.Id);

        List<TcpClient> strangers = [];
        for (var i = 0; i < 500; i++)
        {
            var stranger = new TcpClient();
            strangers.Add(stranger);
            await stranger.ConnectAsync(panel.Endpoint, Token);

            // A third says nothing, a third begins a request, a third asks for a circuit.
            var words = (i % 3) switch
            {
                0 => "",
                1 => "GET / HTTP/1.1\r\nHost: loc",
                _ => "GET /_blazor HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            };
            await stranger.GetStream().WriteAsync(Encoding.ASCII.GetBytes(words), Token);
        }

        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/api/status", Token)).StatusCode);
        var grown = await MemoryAsync(panel.Id) - before;
        strangers.ForEach(stranger => stranger.Dispose());
        Assert.True(grown < 40_000_000, $"500 strangers took {grown / 1e6:0.0} MB.");
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<long> MemoryAsync(int process)
    {
        var status = await File.ReadAllTextAsync($"/proc/{process}/status", Token);
        return long.Parse(Resident().Match(status).Groups[1].Value, CultureInfo.InvariantCulture) * 1024;
    }

    [GeneratedRegex(@"VmRSS:\s+(\d+) kB")]
    private static partial Regex Resident();
}
