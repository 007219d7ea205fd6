using System.Text.Json.Nodes;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class BurstApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/api/bursts";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bracket_AnswersAtOnceAndItsAddressFollowsIt()
    {
        var jpeg = LibraryRig.Jpeg();
        host.Camera.TakesStill = (request, _) => Task.FromResult(host.Camera.Still(request) with { Jpeg = jpeg });

        var (status, _, json) = await ApiHost.CallAsync(
            host.Operator, "POST", Path, """{"kind":"bracket","count":3,"step":2,"size":"640x480","quality":80,"name":"porch-{counter:00}"}""");
        Assert.Equal((202, "bracket", "otto", 3), (status, Text(json, "kind"), Text(json, "by"), json!["count"]!.GetValue<int>()));
        var ended = await EndAsync(Text(json, "id"));

        Assert.Equal(("done", 3, 0), (Text(ended, "state"), ended["kept"]!.GetValue<int>(), ended["lost"]!.GetValue<int>()));
        Assert.Equal(0, ended["skipped"]!.GetValue<int>());
        Assert.Equal([2500L, 10_000L, 40_000L], ended["steps"]!.AsArray().Select(s => s!["exposureTime"]!.GetValue<long>()));
        Assert.Equal([-2.0, 0, 2], ended["steps"]!.AsArray().Select(s => s!["reachedStops"]!.GetValue<double>()));
        Assert.All(host.Camera.Stills.TakeLast(3), s => Assert.Equal((640, 480, 80), (s.Request.Size!.Value.Width, s.Request.Size.Value.Height, s.Request.Quality)));
        var media = await ApiHost.CallAsync(host.Viewer, "GET", $"/api/media?sequence={Text(json, "id")}");
        Assert.Equal(["porch-03", "porch-02", "porch-01"], media.Json!["items"]!.AsArray().Select(i => Text(i, "name")));
        var list = await ApiHost.CallAsync(host.Viewer, "GET", Path);
        Assert.Contains(list.Json!.AsArray(), s => Text(s, "id") == Text(json, "id"));
    }

    [Fact]
    public async Task Burst_WhileAnotherIsUnderWay_IsRefusedUntilItIsStopped()
    {
        var (_, _, json) = await ApiHost.CallAsync(host.Operator, "POST", Path, """{"count":1000}""");
        var id = Text(json, "id");

        var problem = await ApiHost.ProblemAsync(409, host.Administrator, "POST", Path, """{"kind":"bracket"}""");
        Assert.Contains("otto", Text(problem, "detail"), StringComparison.Ordinal);
        await ApiHost.ProblemAsync(403, host.Viewer, "POST", $"{Path}/{id}/stop");
        await Eventually.TrueAsync(() => host.Session.Frames.Wanted, "it waits for frames", Token);
        host.Camera.Send(LibraryRig.Jpeg());
        host.Camera.Send(LibraryRig.Jpeg());
        await Eventually.TrueAsync(async () => (await GetAsync(id))["kept"]!.GetValue<int>() == 2, "two are kept", TimeSpan.FromSeconds(30), Token);

        Assert.Equal(202, (await ApiHost.CallAsync(host.Administrator, "POST", $"{Path}/{id}/stop")).Status);

        Assert.Equal(("stopped", "stream"), (Text(await EndAsync(id), "state"), Text(json, "rate")));
    }

    [Theory]
    [InlineData("""{"kind":"panorama"}""", "kind")]
    [InlineData("""{"kind":1}""", "kind")]
    [InlineData("""{"count":0}""", "count")]
    [InlineData("""{"count":1001}""", "count")]
    [InlineData("""{"count":2.5}""", "count")]
    [InlineData("""{"kind":"bracket","count":4}""", "count")]
    [InlineData("""{"kind":"bracket","step":0}""", "step")]
    [InlineData("""{"kind":"bracket","rate":"still"}""", "rate")]
    [InlineData("""{"kind":"focus","from":-1}""", "from")]
    [InlineData("""{"kind":"focus","to":33}""", "to")]
    [InlineData("""{"step":1}""", "step")]
    [InlineData("""{"rate":"fast"}""", "rate")]
    [InlineData("""{"size":"640x480"}""", "size")]
    [InlineData("""{"rate":"still","quality":0}""", "quality")]
    [InlineData("""{"selfTimer":61}""", "selfTimer")]
    [InlineData("""{"name":"{nothing}"}""", "name")]
    [InlineData("""{"flash":true}""", "flash")]
    public async Task Post_Nonsense_NamesTheField(string body, string field)
    {
        var problem = await ApiHost.ProblemAsync(400, host.Operator, "POST", Path, body);

        Assert.NotNull(problem["errors"]![field]);
    }

    [Fact]
    public async Task Post_ByWhoMayNotOrOfNobody_IsRefused()
    {
        await ApiHost.ProblemAsync(403, host.Viewer, "POST", Path, "{}");
        await ApiHost.ProblemAsync(401, host.Anonymous, "POST", Path, "{}");
        await ApiHost.ProblemAsync(404, host.Viewer, "GET", $"{Path}/nobody");
        await ApiHost.ProblemAsync(404, host.Operator, "POST", $"{Path}/nobody/stop");
    }

    [Fact]
    public async Task OpenApi_ShowsAnExample()
    {
        var (_, _, json) = await ApiHost.CallAsync(host.Viewer, "GET", "/openapi/v1.json");

        var body = json!["paths"]!["/api/bursts"]!["post"]!["requestBody"]!["content"]!["application/json"]!;
        Assert.Equal("bracket", Text(body["example"], "kind"));
    }

    private static string Text(JsonNode? node, string name) => node![name]!.GetValue<string>();

    private async Task<JsonNode> GetAsync(string id) => (await ApiHost.CallAsync(host.Viewer, "GET", $"{Path}/{id}")).Json!;

    private async Task<JsonNode> EndAsync(string id)
    {
        // Exposure is taken from a frame that comes after the request.
        await Eventually.TrueAsync(
            async () =>
            {
                host.Camera.Send(LibraryRig.Jpeg());
                return (await GetAsync(id))["endedAt"] is not null;
            },
            "it ends",
            TimeSpan.FromSeconds(30),
            Token);
        return await GetAsync(id);
    }
}
