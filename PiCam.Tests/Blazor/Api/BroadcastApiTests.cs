using System.Text.Json.Nodes;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

/// <summary>The sending of the live picture, over HTTP.</summary>
public sealed class BroadcastApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/api/broadcast";

    [Fact]
    public async Task Address_IsNeverShownAgain_AndAPlaceThatIsNotListedIsRefusedInWords()
    {
        var (status, _, set) = await ApiHost.CallAsync(host.Administrator, "PATCH", Path, """{"address": "rtmp://ana:topsecret@127.0.0.1:1936/live/key", "quality": 60}""");

        Assert.Equal((200, "rtmp://127.0.0.1:1936", 60, "off"), (status, Text(set!["target"]), set["quality"]!.GetValue<int>(), Text(set["state"])));
        await ApiHost.CallAsync(host.Administrator, "PATCH", Path, """{"on": true}""");
        var now = set;
        await Eventually.TrueAsync(
            async () =>
            {
                await host.PublishAsync(LibraryRig.Jpeg());
                now = (await ApiHost.CallAsync(host.Viewer, "GET", Path)).Json!;
                return Text(now["state"]) == "waiting";
            },
            "it waits for the next attempt",
            TimeSpan.FromSeconds(60),
            TestContext.Current.CancellationToken);
        Assert.Contains("Network:AllowedTargets", Text(now["reason"]), StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", now.ToJsonString(), StringComparison.Ordinal);

        var off = (await ApiHost.CallAsync(host.Administrator, "PATCH", Path, """{"on": false, "address": null}""")).Json!;
        Assert.Equal((false, null), (off["on"]!.GetValue<bool>(), off["target"]));
    }

    [Theory]
    [InlineData("""{"address": "file:///etc/passwd"}""", "address")]
    [InlineData("""{"address": "rtsp://2130706433/"}""", "address")]
    [InlineData("""{"address": 7}""", "address")]
    [InlineData("""{"on": true}""", "on")]
    [InlineData("""{"on": "yes"}""", "on")]
    [InlineData("""{"quality": 101}""", "quality")]
    [InlineData("""{"codec": "h265"}""", "codec")]
    public async Task Patch_Nonsense_IsRefusedByField(string body, string field)
    {
        var (status, _, problem) = await ApiHost.CallAsync(host.Administrator, "PATCH", Path, body);

        Assert.Equal(400, status);
        Assert.Contains(field, problem!["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task Operator_LooksButDoesNotSay()
    {
        Assert.Equal(200, (await ApiHost.CallAsync(host.Operator, "GET", Path)).Status);
        Assert.Equal(403, (await ApiHost.CallAsync(host.Operator, "PATCH", Path, """{"on": false}""")).Status);
        Assert.Equal(401, (await ApiHost.CallAsync(host.Anonymous, "GET", Path)).Status);
    }

    private static string? Text(JsonNode? node) => node?.GetValue<string>();
}
