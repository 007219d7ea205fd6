using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Core.Frames;
using PiCam.Core.Recordings;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Core.Recordings;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class RecordingApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/api/recording";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recording_StartedAndStopped_IsInTheLibraryWithPicturesOfIt()
    {
        Assert.Equal(200, (await ApiHost.CallAsync(host.Operator, "PATCH", Path + "/settings", """{"preRoll":0,"nameTemplate":"porch {counter:00}"}""")).Status);
        var (status, _, json) = await ApiHost.CallAsync(host.Operator, "POST", Path + "/start", """{"duration":3600}""");
        Assert.Equal((202, true), (status, json!["isRecording"]!.GetValue<bool>()));
        Assert.Equal("otto", Text(json["reasons"]!.AsArray().Single(), "by"));
        Send(1, 60);

        Assert.Equal(202, (await ApiHost.CallAsync(host.Operator, "POST", Path + "/stop")).Status);
        await host.Services.GetRequiredService<Recorder>().WhenIdleAsync(Token);
        var state = (await ApiHost.CallAsync(host.Viewer, "GET", Path)).Json!;
        Assert.True(state["fault"] is null, state.ToJsonString());
        Assert.Equal((false, 60L, 0L), (state["isRecording"]!.GetValue<bool>(), state["frames"]!.GetValue<long>(), state["lost"]!.GetValue<long>()));
        var id = state["mediaIds"]!.AsArray().Single()!.GetValue<string>();

        var item = (await ApiHost.CallAsync(host.Viewer, "GET", "/api/media/" + id)).Json;
        Assert.Equal(("recording", "porch 01", "otto"), (Text(item, "kind"), Text(item, "name"), Text(item, "by")));
        foreach (var picture in (string[])["thumbnail.jpg", "filmstrip.jpg", "frame.jpg?at=1.5"])
        {
            using var answer = await host.Viewer.GetAsync(new Uri($"/api/media/{id}/{picture}", UriKind.Relative), Token);
            Assert.Equal((200, "image/jpeg"), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        }

        Assert.Equal(404, (await ApiHost.CallAsync(host.Viewer, "GET", $"/api/media/{id}/frame.jpg?at=7")).Status);
        await ApiHost.ProblemAsync(400, host.Viewer, "GET", $"/api/media/{id}/frame.jpg?at=-1");
        await ApiHost.ProblemAsync(403, host.Viewer, "POST", $"/api/media/{id}/still", """{"at":1}""");
        await ApiHost.ProblemAsync(403, host.Viewer, "POST", $"/api/media/{id}/clip", """{"begin":0,"end":1}""");
        var still = await ApiHost.CallAsync(host.Operator, "POST", $"/api/media/{id}/still", """{"at":1.5}""");
        Assert.Equal((201, "still"), (still.Status, Text(still.Json, "kind")));
        var clip = await ApiHost.CallAsync(host.Operator, "POST", $"/api/media/{id}/clip", """{"begin":0,"end":1}""");
        Assert.Equal((201, "recording"), (clip.Status, Text(clip.Json, "kind")));
        Assert.Equal(1, clip.Json!["duration"]!.GetValue<double>(), 0.1);
        var wrong = await ApiHost.ProblemAsync(400, host.Operator, "POST", $"/api/media/{id}/clip", """{"begin":"x","length":1}""");
        Assert.Equal(["begin", "end", "length"], wrong["errors"]!.AsObject().Select(e => e.Key).Order());
    }

    [Theory]
    [InlineData("POST", "/start", """{"duration":0.5}""", "duration")]
    [InlineData("POST", "/start", """{"duration":604801}""", "duration")]
    [InlineData("POST", "/start", """{"for":10}""", "for")]
    [InlineData("PATCH", "/settings", """{"preRoll":61}""", "preRoll")]
    [InlineData("PATCH", "/settings", """{"preRollMegabytes":0}""", "preRollMegabytes")]
    [InlineData("PATCH", "/settings", """{"quality":101}""", "quality")]
    [InlineData("PATCH", "/settings", """{"partSeconds":4}""", "partSeconds")]
    [InlineData("PATCH", "/settings", """{"partMegabytes":0}""", "partMegabytes")]
    [InlineData("PATCH", "/settings", """{"format":"divx"}""", "format")]
    [InlineData("PATCH", "/settings", """{"nameTemplate":"../{x}"}""", "nameTemplate")]
    public async Task Value_ThatCannotBeUsed_IsNamedAndChangesNothing(string method, string address, string body, string field)
    {
        var before = (await ApiHost.CallAsync(host.Viewer, "GET", Path + "/settings")).Json!.ToJsonString();

        var problem = await ApiHost.ProblemAsync(400, host.Operator, method, Path + address, body);

        Assert.Equal([field], problem["errors"]!.AsObject().Select(e => e.Key));
        Assert.Equal(before, (await ApiHost.CallAsync(host.Viewer, "GET", Path + "/settings")).Json!.ToJsonString());
        Assert.False(host.Services.GetRequiredService<Recorder>().State.IsRecording);
    }

    [Fact]
    public async Task Recording_ByAViewerOrNobody_IsRefused()
    {
        foreach (var (method, address) in ((string, string)[])[("POST", "/start"), ("POST", "/stop"), ("PATCH", "/settings")])
        {
            await ApiHost.ProblemAsync(403, host.Viewer, method, Path + address, "{}");
            Assert.Equal(401, (await ApiHost.CallAsync(host.Anonymous, method, Path + address, "{}")).Status);
        }

        Assert.Equal(401, (await ApiHost.CallAsync(host.Anonymous, "GET", Path)).Status);
    }

    private void Send(double from, int count)
    {
        var size = host.Camera.Capabilities.Size;
        foreach (var (number, time) in RecordingRig.Times(from, count).Index())
        {
            host.Camera.Send(LibraryRig.Jpeg(size.Width, size.Height, new SKColor((byte)(number * 4), 90, 120)), new FrameMetadata { SensorTimestamp = time, FrameDuration = TimeSpan.FromSeconds(1.0 / 30) });
        }
    }

    private static string Text(JsonNode? json, string name) => json![name]!.GetValue<string>();
}
