using PiCam.Core.Cameras;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class PrivacyApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/api/privacy";
    private const string On = """{"on":true}""";
    private const string Off = """{"on":false}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_OnAndOff_EndsEveryStreamRefusesPicturesAndGoesLiveAgain()
    {
        using var stream = await host.OpenAsync("/stream.mjpg", FakeCamera.Jpeg);
        await using var body = await stream.Content.ReadAsStreamAsync(Token);

        var (status, _, json) = await ApiHost.CallAsync(host.Operator, "PUT", Path, On);
        Assert.Equal((200, true, "otto"), (status, json!["on"]!.GetValue<bool>(), json["changedBy"]!.GetValue<string>()));
        await Eventually.TrueAsync(() => host.Session.Frames.Subscribers == 0, "the stream has ended", Token);
        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(Stream.Null, Token));

        var refused = await ApiHost.ProblemAsync(503, host.Viewer, "GET", "/snapshot.jpg");
        Assert.Contains("privacy", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await ApiHost.ProblemAsync(503, host.Viewer, "GET", "/stream.mjpg");
        var (_, _, seen) = await ApiHost.CallAsync(host.Viewer, "GET", "/api/status");
        Assert.Equal("private", seen!["state"]!.GetValue<string>());
        foreach (var path in new[] { "/api/stills", "/api/bursts", "/api/recording/start" })
        {
            var why = (await ApiHost.ProblemAsync(503, host.Operator, "POST", path, "{}"))["detail"]!.GetValue<string>();
            Assert.True(why.Contains("privacy", StringComparison.Ordinal), $"{path}: {why}");
        }

        await ApiHost.ProblemAsync(403, host.Operator, "PUT", Path, Off);
        Assert.Equal(200, (await ApiHost.CallAsync(host.Administrator, "PUT", Path, Off)).Status);
        await host.GoLiveAsync(Token);
        using var again = await host.OpenAsync("/snapshot.jpg", FakeCamera.Jpeg);
        Assert.Equal(FakeCamera.Jpeg, await again.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Put_ByAViewerOrWithNonsense_ChangesNothing()
    {
        await ApiHost.ProblemAsync(403, host.Viewer, "PUT", Path, On);
        foreach (var body in new[] { "{}", """{"on":"yes"}""", """{"on":null}""", """{"off":true}""" })
        {
            await ApiHost.ProblemAsync(400, host.Operator, "PUT", Path, body);
        }

        var (_, _, json) = await ApiHost.CallAsync(host.Viewer, "GET", Path);
        Assert.False(json!["on"]!.GetValue<bool>());
        Assert.NotEqual(CameraCondition.Private, host.Session.State.Condition);
    }
}
