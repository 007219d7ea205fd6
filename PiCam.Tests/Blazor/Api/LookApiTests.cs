using System.Text.Json.Nodes;
using PiCam.Core.Cameras;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class LookApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/api/look";

    [Fact]
    public async Task Lock_UntilReleased_FreezesWhatTheFramesSayForAllToSee()
    {
        await PlayAsync("POST", "/lock", "locked");

        var (_, _, status) = await ApiHost.CallAsync(host.Viewer, "GET", "/api/status");
        var look = status!["look"]!;
        Assert.Equal(("locked", "otto", 10_000), (Text(look, "state"), Text(look, "by"), look["frozen"]!["exposureTime"]!.GetValue<long>()));
        Assert.Equal([1.5, 1.6], look["frozen"]!["colourGains"]!.AsArray().Select(v => v!.GetValue<double>()));
        Assert.Equal((TimeSpan.FromMilliseconds(10), 2.0), (host.Session.State.Asked.ExposureTime, host.Session.State.Asked.AnalogueGain));

        await PlayAsync("POST", "/settle", "locked");
        await PlayAsync("POST", "/release", "free");
        Assert.Equal(CameraControls.Automatic, host.Session.State.Asked);
    }

    [Fact]
    public async Task Anything_ByAViewerOrWithNonsense_ChangesNothing()
    {
        foreach (var verb in new[] { "lock", "release", "settle" })
        {
            await ApiHost.ProblemAsync(403, host.Viewer, "POST", $"{Path}/{verb}");
        }

        await ApiHost.ProblemAsync(403, host.Viewer, "PATCH", Path, """{"settleEveryMinutes":5}""");
        foreach (var body in new[] { """{"settleEveryMinutes":-1}""", """{"settleEveryMinutes":1441}""", """{"settleEveryMinutes":1.5}""", """{"minutes":5}""" })
        {
            await ApiHost.ProblemAsync(400, host.Operator, "PATCH", Path, body);
        }

        var (status, _, json) = await ApiHost.CallAsync(host.Operator, "PATCH", Path, """{"settleEveryMinutes":30}""");
        Assert.Equal((200, 30), (status, json!["settleEveryMinutes"]!.GetValue<int>()));
    }

    private static string Text(JsonNode json, string name) => json[name]!.GetValue<string>();

    /// <summary>Calls, and plays the camera until the lock stands as expected.</summary>
    private async Task PlayAsync(string method, string path, string expected)
    {
        Assert.Equal(200, (await ApiHost.CallAsync(host.Operator, method, Path + path)).Status);
        await Eventually.TrueAsync(
            async () =>
            {
                host.Camera.Send();
                var (_, _, json) = await ApiHost.CallAsync(host.Viewer, "GET", Path);
                return Text(json!, "state") == expected;
            },
            $"the look is {expected}",
            TimeSpan.FromSeconds(60),
            TestContext.Current.CancellationToken);
    }
}
