using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PiCam.Blazor.Configuration;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

/// <summary>What comes in as text stays text: no command, no path, no device, no markup.</summary>
public sealed partial class ContentCheckTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S1_EveryText_ThatAShellWouldRun_RunsNothing()
    {
        using var folder = new TemporaryFolder();
        var canary = folder["canary"];
        string[] hostile =
        [
            $"$(touch {canary})", $"`touch {canary}`", $"; touch {canary}", $"x\ntouch {canary}\n", $"| touch {canary}", $"&& touch {canary}", $"%x{{{canary}}}", "-f", "--help",
        ];
        var asked = 0;
        var walk = new EndpointWalk(host);

        // So that pictures are taken, and files get those names.
        using var frames = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var camera = walk.PlayCameraAsync(frames.Token);
        foreach (var (key, (type, example)) in (await walk.BodiesAsync()).Where(body => !body.Key.Contains("/api/panel", StringComparison.Ordinal)))
        {
            foreach (var path in TextsIn(JsonNode.Parse(example), []))
            {
                await Task.WhenAll(hostile.Select(async text =>
                {
                    var body = JsonNode.Parse(example)!;
                    Put(body, path, text);
                    using var answer = await EndpointWalk.AskAsync(host.Administrator, key, (type, body.ToJsonString()), Token);
                    Assert.True((int)answer.StatusCode is < 500 or 503 or 507, $"{key} {body}: {answer.StatusCode}");
                }));
                asked += hostile.Length;
            }
        }

        await frames.CancelAsync();
        await camera;
        Assert.True(asked > 200, $"Only {asked} texts were tried.");
        Assert.False(File.Exists(canary));
    }

    [Theory]
    [InlineData("""{"camera": {"path": "/dev/mem"}}""")]
    [InlineData("""{"camera": {"path": "/dev/../dev/sda"}}""")]
    [InlineData("""{"camera": {"path": "/proc/self/mem"}}""")]
    [InlineData("""{"camera": {"id": "/base/no/such/camera"}}""")]
    public async Task S2_Device_ThatIsNotAmongTheFoundOnes_IsRefused(string patch) =>
        await ApiHost.ProblemAsync(400, host.Administrator, "PATCH", "/api/settings", patch);

    [Theory]
    [InlineData("/..%2fpicam.db")]
    [InlineData("/%2e%2e/%2e%2e/picam.db")]
    [InlineData("/%252e%252e%252fpicam.db")]
    [InlineData("/..\\..\\picam.db")]
    [InlineData("//etc/passwd")]
    [InlineData("/css/..%2f..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("/_content/MudBlazor/%2e%2e/%2e%2e/appsettings.json")]
    [InlineData("/certificate/..%2fcerts%2fauthority.key")]
    [InlineData("/api/media/..%2f..%2fpicam.db/file")]
    [InlineData("/api/media/%2e%2e%2f%2e%2e%2fpicam.db/file")]
    [InlineData("/api/media/none%00/file")]
    [InlineData("/api/media/..%2fpicam.db/file")]
    [InlineData("/api/media/..%2fpicam.db/thumbnail.jpg")]
    [InlineData("/api/media/%2fetc%2fpasswd/file")]
    [InlineData("/api/media/%2fetc%2fpasswd/thumbnail.jpg")]
    public async Task S6_Path_OutOfWhereItMayLead_IsNotFound(string path)
    {
        // By hand: a client would tidy the path.
        using var client = new TcpClient();
        await client.ConnectAsync(host.Address.Host, host.Address.Port, Token);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {host.ViewerToken}\r\nConnection: close\r\n\r\n"), Token);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        var answer = await reader.ReadToEndAsync(Token);

        Assert.Matches(@"^HTTP/1\.1 40[04] ", answer);
        Assert.DoesNotContain("SQLite format", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void S8_Markup_IsNeverMadeOfText()
    {
        var panel = Path.Combine(SourceTree.Root, "PiCam.Blazor");
        var files = Directory.GetFiles(panel, "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".js", StringComparison.Ordinal))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .ToList();
        Assert.True(files.Count > 400, $"Only {files.Count} files were looked at.");
        Assert.DoesNotContain(files, file => Unsafe().IsMatch(File.ReadAllText(file)));
    }

    [Fact]
    public async Task S9_Setting_ThatIsACommandOrWidensWhatMayBeReached_IsNotThere()
    {
        Assert.DoesNotContain(PanelKeys.All, key => key.Name is "Camera:Helper" or "Media:ExportFolders" or "Network:AllowedTargets" or "Stream:Listen" or "PICAM_DATA" or "urls");

        // Any other text may hold one: a new line here is a decision.
        Assert.Equal(
            ["Camera:Source", "Camera:Id", "Camera:Path", "Gimbal:Driver", "Network:AllowedHosts"],
            PanelKeys.All.Where(key => key.Kind is SettingKind.Text or SettingKind.List).Select(key => key.Name));
        await ApiHost.ProblemAsync(400, host.Administrator, "PATCH", "/api/settings", """{"camera": {"helper": "/bin/sh"}}""");
        await ApiHost.ProblemAsync(400, host.Administrator, "PATCH", "/api/settings", """{"network": {"allowedTargets": ["127.0.0.1"]}}""");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("0.0.0.0")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    public async Task S12_Address_ThatLeadsInside_IsNotGoneTo(string name)
    {
        using var inside = new TcpListener(IPAddress.Any, 0);
        inside.Start();
        var body = new JsonObject { ["address"] = $"rtsp://{name}:{((IPEndPoint)inside.LocalEndpoint).Port}/live", ["on"] = true }.ToJsonString();
        var (status, _, _) = await ApiHost.CallAsync(host.Administrator, "PATCH", "/api/broadcast", body);
        if (status == 200)
        {
            using var frames = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var camera = new EndpointWalk(host).PlayCameraAsync(frames.Token);
            await Eventually.TrueAsync(
                async () => (await ApiHost.CallAsync(host.Administrator, "GET", "/api/broadcast")).Json!.ToJsonString().Contains("AllowedTargets", StringComparison.Ordinal),
                "the panel says that it is refused, and what would allow it",
                TimeSpan.FromSeconds(60),
                Token);
            await frames.CancelAsync();
            await camera;
            await ApiHost.CallAsync(host.Administrator, "PATCH", "/api/broadcast", """{"on": false}""");
        }

        Assert.True(status is 200 or 400, $"{status}");
        Assert.False(inside.Pending());
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("concat:/etc/passwd")]
    [InlineData("http://192.0.2.1/")]
    [InlineData("-i /etc/passwd")]
    public async Task S12_Address_OfAnotherKind_IsRefused(string address)
    {
        var problem = await ApiHost.ProblemAsync(
            400, host.Administrator, "PATCH", "/api/broadcast", new JsonObject { ["address"] = address }.ToJsonString());
        Assert.NotNull(problem["errors"]?["address"]);
    }

    private static IEnumerable<object[]> TextsIn(JsonNode? node, object[] path) => node switch
    {
        JsonObject values => values.SelectMany(value => TextsIn(value.Value, [.. path, value.Key])),
        JsonArray values => values.SelectMany((value, index) => TextsIn(value, [.. path, index])),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String => [path],
        _ => [],
    };

    private static void Put(JsonNode body, object[] path, string text)
    {
        var at = body;
        foreach (var step in path[..^1])
        {
            at = step is int index ? at[index]! : at[(string)step]!;
        }

        if (path[^1] is int last)
        {
            at[last] = text;
        }
        else
        {
            at[(string)path[^1]] = text;
        }
    }

    [GeneratedRegex(@"\(MarkupString\)|new MarkupString|AddMarkupContent|\.innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(")]
    private static partial Regex Unsafe();
}
