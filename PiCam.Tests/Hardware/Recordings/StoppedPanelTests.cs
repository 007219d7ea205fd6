using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Recordings;

/// <summary>R26: the panel is told to stop while it records.</summary>
public sealed class StoppedPanelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Panel_ToldToStopWhileItRecords_EndsWithTheFileFinished()
    {
        await using var panel = await PanelProcess.StartAsync(Token, "--Camera:Width=640", "--Camera:Height=360");
        await panel.AddPersonAsync("ana", "a long enough password", Role.Administrator);
        var token = await panel.AddTokenAsync("door", Role.Operator);
        using var http = new HttpClient { BaseAddress = new Uri(panel.Address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await Eventually.TrueAsync(async () => await StartsAsync(http), "it records", TimeSpan.FromSeconds(60), Token);
        await Eventually.TrueAsync(
            async () => (await ReadAsync(http, "/api/recording"))["seconds"]!.GetValue<double>() > 2, "two seconds are recorded", TimeSpan.FromSeconds(60), Token);

        // The bar is 5 s (CHECKS.md, R26); the machine that tests may be busy.
        Assert.Equal(0, await panel.TerminateAsync(TimeSpan.FromSeconds(30)));

        Assert.DoesNotContain(panel.Output, line => line.Contains("Unhandled exception", StringComparison.OrdinalIgnoreCase));
        var file = Assert.Single(Directory.EnumerateFiles(Path.Combine(panel.DataFolder, "media"), "*.mp4", SearchOption.AllDirectories));
        Assert.False(Path.GetFileName(file).StartsWith('.'), "It is still a draft.");
        var probe = await FilmProbe.ReadAsync(file);
        Assert.InRange(probe.Frames, 2, int.MaxValue);

        await panel.StartAgainAsync(Token);
        await Eventually.TrueAsync(
            async () => (await ReadAsync(http, "/api/media?kind=recording"))["items"]!.AsArray() is [var item] && item!["duration"]!.GetValue<double>() >= 2,
            "it is in the library", TimeSpan.FromSeconds(60), Token);
    }

    // Set-up made on the command line is noticed in a moment; and then the camera wakes.
    private static async Task<bool> StartsAsync(HttpClient http)
    {
        using var answer = await http.PostAsync(new Uri("/api/recording/start", UriKind.Relative), content: null, Token);
        return (int)answer.StatusCode == 202;
    }

    private static async Task<JsonNode> ReadAsync(HttpClient http, string path) =>
        JsonNode.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative), Token))!;
}
