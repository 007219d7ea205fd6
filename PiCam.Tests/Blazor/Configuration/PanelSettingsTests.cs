using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Configuration;
using PiCam.Core.Access;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Configuration;

/// <summary>The owner's settings, through the service and by HTTP, on the real panel.</summary>
public sealed class PanelSettingsTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Address = "rtsp://ana:sentinel-7f3a@cam.lan/live/sentinel-key";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PanelSettings Settings => host.Services.GetRequiredService<PanelSettings>();

    [Theory]
    [InlineData("GET", "/api/settings", null)]
    [InlineData("PATCH", "/api/settings", "{\"gimbal\": {\"driver\": \"none\"}}")]
    [InlineData("GET", "/api/settings/cameras", null)]
    [InlineData("POST", "/api/panel/restart", null)]
    public async Task Settings_AreTheAdministratorsAlone(string method, string path, string? body)
    {
        await ApiHost.ProblemAsync(403, host.Operator, method, path, body);
        await ApiHost.ProblemAsync(403, host.Viewer, method, path, body);
        await ApiHost.ProblemAsync(401, host.Anonymous, method, path, body);
        Assert.Throws<AccessRefusedException>(() => Settings.Read(Callers.Operator));
        await Assert.ThrowsAsync<AccessRefusedException>(() => Settings.ChangeAsync(Callers.Operator, new Dictionary<string, string?>(), Token));
    }

    [Fact]
    public async Task Patch_ThenNull_IsStoredAndRemovedAndSaysWhetherARestartIsDue()
    {
        var changed = await PatchAsync("""{"gimbal": {"panChannel": 4}, "network": {"allowedHosts": ["cam.example", "b.example"]}}""");
        Assert.Equal(4, changed["gimbal"]!["panChannel"]!.GetValue<int>());
        Assert.Equal("file", changed["origins"]!["gimbal.panChannel"]!.GetValue<string>());
        Assert.Equal("""["cam.example","b.example"]""", changed["network"]!["allowedHosts"]!.ToJsonString());
        Assert.True(changed["needsRestart"]!.GetValue<bool>());

        var back = await PatchAsync("""{"gimbal": {"panChannel": null}, "network": {"allowedHosts": null}}""");
        Assert.Equal(0, back["gimbal"]!["panChannel"]!.GetValue<int>());
        Assert.Equal("default", back["origins"]!["gimbal.panChannel"]!.GetValue<string>());
        Assert.False(back["needsRestart"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("{\"camera\": {\"width\": 3}}", "camera.width", "3", "even numbers from 160 to 1920")]
    [InlineData("{\"camera\": {\"width\": 640.5}}", "camera.width", "640.5", "a whole number")]
    [InlineData("{\"camera\": {\"width\": \"640\"}}", "camera.width", "640", "a number")]
    [InlineData("{\"camera\": {\"source\": \"magic\"}}", "camera.source", "magic", "libcamera")]
    [InlineData("{\"camera\": {\"source\": \"ffmpeg\"}}", "camera.path", "null", "video file")]
    [InlineData("{\"camera\": {\"id\": \"/base/none\"}}", "camera.id", "/base/none", "finds now")]
    [InlineData("{\"camera\": {\"path\": \"/dev/sda\"}}", "camera.path", "/dev/sda", "finds now")]
    [InlineData("{\"camera\": {\"path\": \"/dev/../proc/self/mem\"}}", "camera.path", "/dev/../proc/self/mem", "finds now")]
    [InlineData("{\"gimbal\": {\"driver\": \"magic\"}}", "gimbal.driver", "magic", "pca9685")]
    [InlineData("{\"gimbal\": {\"panPin\": 18, \"tiltPin\": 12}}", "gimbal.tiltPin", "12", "13, 19")]
    [InlineData("{\"lights\": {\"ledPin\": 4, \"lampPin\": 4}}", "lights.lampPin", "4", "another pin")]
    [InlineData("{\"network\": {\"allowedHosts\": [\"http://x\"]}}", "network.allowedHosts", "http://x", "host name")]
    [InlineData("{\"camera\": {\"helper\": \"/bin/sh\"}}", "camera.helper", "/bin/sh", "camera.source")]
    [InlineData("{\"stream\": {\"listen\": \"0.0.0.0:1\"}}", "stream", "0.0.0.0:1", "camera")]
    [InlineData("{\"language\": \"fr\"}", "language", "fr", "zh-Hans")]
    public async Task Patch_WhatAStartWouldRefuse_NamesFieldValueAndRangeAndChangesNothing(string body, string field, string value, string range)
    {
        var before = Settings.Read(Callers.Administrator);

        var problem = await ApiHost.ProblemAsync(400, host.Administrator, "PATCH", "/api/settings", body);

        var said = string.Join(' ', problem["errors"]![field]!.AsArray().Select(one => one!.GetValue<string>()));
        Assert.Contains(value, said, StringComparison.Ordinal);
        Assert.Contains(range, said, StringComparison.Ordinal);
        Assert.Equal(before, Settings.Read(Callers.Administrator));
    }

    [Fact]
    public async Task Path_WithAPassword_ComesOutMaskedAndIsKeptWhenLeftMasked()
    {
        var node = await PatchAsync($$$"""{"camera": {"path": "{{{Address}}}"}}""");
        var masked = node["camera"]!["path"]!.GetValue<string>();
        Assert.Equal("rtsp://***@cam.lan/***", masked);
        Assert.DoesNotContain("sentinel", node.ToJsonString(), StringComparison.Ordinal);

        await PatchAsync($$$"""{"camera": {"path": "{{{masked}}}", "quality": 70}}""");
        Assert.Equal(Address, Settings.Stored()["Camera:Path"]);

        // Never to another host.
        var elsewhere = await ApiHost.ProblemAsync(400, host.Administrator, "PATCH", "/api/settings", """{"camera": {"path": "rtsp://***@evil.lan/***"}}""");
        Assert.DoesNotContain("sentinel", elsewhere.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(Address, Settings.Stored()["Camera:Path"]);

        var wrong = await ApiHost.ProblemAsync(
            400, host.Administrator, "PATCH", "/api/settings", """{"camera": {"source": "ffmpeg", "path": "gopher://ana:sentinel-8@cam.lan/x"}}""");
        Assert.DoesNotContain("sentinel", wrong.ToJsonString(), StringComparison.Ordinal);
        await PatchAsync("""{"camera": {"path": null, "quality": null}}""");
    }

    [Fact]
    public async Task Language_ForThoseWhoHaveNotChosen_IsInForceAtOnce()
    {
        using var english = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        english.Headers.Add("Accept-Language", "en");
        await PatchAsync("""{"language": "zh-Hans"}""");
        using var answer = await host.Anonymous.SendAsync(english, Token);
        Assert.Contains("lang=\"zh-Hans\"", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal("browser", (await PatchAsync("""{"language": null}"""))["language"]!.GetValue<string>());
    }

    [Fact]
    public async Task Change_AfterTheFileWasBrokenByHand_MendsIt()
    {
        var file = host.Services.GetRequiredService<PanelConfiguration>().File;
        await File.WriteAllTextAsync(file.Path, "broken", Token);

        await Settings.ChangeAsync(Callers.Administrator, new Dictionary<string, string?> { ["Camera:Quality"] = "70" }, Token);

        Assert.Equal("70", file.Read()["Camera:Quality"]);
        await Settings.ChangeAsync(Callers.Administrator, new Dictionary<string, string?> { ["Camera:Quality"] = null }, Token);
    }

    [Fact]
    public async Task ConfigurationOfTheConsole_WinsAndCannotBeChanged()
    {
        await using var panel = await PanelProcess.StartAsync(Token, "--Camera:Width=640");
        using var client = await SignedInAsync(panel);
        var (_, _, read) = await ApiHost.CallAsync(client, "GET", "/api/settings");
        Assert.Equal(640, read!["camera"]!["width"]!.GetValue<int>());
        Assert.Equal("console", read["origins"]!["camera.width"]!.GetValue<string>());

        var problem = await ApiHost.ProblemAsync(400, client, "PATCH", "/api/settings", """{"camera": {"width": 800}}""");
        Assert.Contains("command line", problem["errors"]!["camera.width"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    internal static async Task<HttpClient> SignedInAsync(PanelProcess panel)
    {
        await panel.AddPersonAsync("ana", "a long enough password", Role.Administrator);
        var client = new HttpClient { BaseAddress = new Uri(panel.Address) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", await panel.AddTokenAsync("boss", Role.Administrator));
        await AnswersAsync(client);
        return client;
    }

    /// <summary>Waits until the panel takes requests again.</summary>
    internal static Task AnswersAsync(HttpClient client) => Eventually.TrueAsync(
        async () =>
        {
            try
            {
                return (await client.GetAsync(new Uri("/api/status", UriKind.Relative), Token)).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        "the panel answers",
        TimeSpan.FromSeconds(60),
        Token);

    private async Task<JsonNode> PatchAsync(string body)
    {
        var (status, _, json) = await ApiHost.CallAsync(host.Administrator, "PATCH", "/api/settings", body, "application/merge-patch+json");
        Assert.True(status == 200, $"{status}: {json}");
        return json!;
    }
}
