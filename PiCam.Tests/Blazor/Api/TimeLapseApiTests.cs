using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Core.TimeLapses;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class TimeLapseApiTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncLifetime
{
    private const string Path = "/api/timelapses";

    public ValueTask InitializeAsync()
    {
        var jpeg = LibraryRig.Jpeg();
        host.Camera.TakesStill = (request, _) => Task.FromResult(host.Camera.Still(request) with { Jpeg = jpeg });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        var book = host.Services.GetRequiredService<TimeLapseBook>();
        foreach (var lapse in book.All)
        {
            await book.RemoveAsync(Callers.Operator, lapse.Id);
        }
    }

    [Fact]
    public async Task Post_TakesPictures_UntilItIsStopped_AndGoesOn()
    {
        var (status, _, made) = await ApiHost.CallAsync(
            host.Operator, "POST", Path, """{"name":"yard","interval":0.5,"template":"img{counter:03}.jpg","size":"640x480","quality":80}""");
        Assert.Equal((201, "running", "otto", 0.5), (status, Text(made!, "state"), Text(made!, "by"), made!["interval"]!.GetValue<double>()));
        var address = $"{Path}/{Text(made, "id")}";
        await UntilTakenAsync(address, 2);

        var (_, _, stopped) = await ApiHost.CallAsync(host.Operator, "POST", address + "/stop");
        Assert.Equal("stopped", Text(stopped!, "state"));
        await ApiHost.CallAsync(host.Operator, "POST", address + "/start");
        await UntilTakenAsync(address, stopped!["taken"]!.GetValue<int>() + 2);
        await ApiHost.CallAsync(host.Operator, "DELETE", address);

        await ApiHost.ProblemAsync(404, host.Viewer, "GET", address);
        var request = host.Camera.Stills[^1].Request;
        Assert.Equal((640, 480, 80), (request.Size!.Value.Width, request.Size.Value.Height, request.Quality));
        var (_, _, media) = await ApiHost.CallAsync(host.Viewer, "GET", $"/api/media?sequence={Text(made, "sequence")}");
        var names = media!["items"]!.AsArray().Select(item => Text(item!, "name")).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(Enumerable.Range(1, names.Count).Select(n => $"img{n:000}"), names);
        Assert.All(media["items"]!.AsArray(), item => Assert.Equal("timeLapse", Text(item!, "kind")));
    }

    [Fact]
    public async Task Post_WhileAnotherRuns_IsAConflict_UnlessItTakesOver()
    {
        var (_, _, first) = await ApiHost.CallAsync(host.Operator, "POST", Path, """{"name":"first","interval":3600}""");

        var problem = await ApiHost.ProblemAsync(409, host.Operator, "POST", Path, """{"name":"second","interval":3600}""");
        Assert.Contains("first", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        var (status, _, _) = await ApiHost.CallAsync(host.Operator, "POST", Path, """{"name":"second","interval":3600,"takeOver":true}""");

        Assert.Equal(201, status);
        var (_, _, all) = await ApiHost.CallAsync(host.Viewer, "GET", Path);
        Assert.Equal(["stopped", "running"], all!.AsArray().Select(lapse => Text(lapse!, "state")));
        await ApiHost.ProblemAsync(409, host.Operator, "POST", $"{Path}/{Text(first!, "id")}/start");
        var (_, _, again) = await ApiHost.CallAsync(host.Operator, "POST", $"{Path}/{Text(first!, "id")}/start?takeOver=true");
        Assert.Equal("running", Text(again!, "state"));
    }

    [Theory]
    [InlineData("""{}""", "interval")]
    [InlineData("""{"interval":0.1}""", "interval")]
    [InlineData("""{"interval":1e300}""", "interval")]
    [InlineData("""{"interval":5,"count":1.5}""", "count")]
    [InlineData("""{"interval":5,"until":"tomorrow"}""", "until")]
    [InlineData("""{"interval":5,"until":"2020-01-01T00:00:00Z"}""", "until")]
    [InlineData("""{"interval":5,"duration":-1}""", "duration")]
    [InlineData("""{"interval":5,"window":{"from":"25:00","to":"26:00"}}""", "window")]
    [InlineData("""{"interval":5,"look":"pretty"}""", "look")]
    [InlineData("""{"interval":5,"daylight":1}""", "daylight")]
    [InlineData("""{"interval":5,"template":"{nonsense}"}""", "template")]
    [InlineData("""{"interval":5,"size":"huge"}""", "size")]
    [InlineData("""{"interval":5,"quality":0}""", "quality")]
    [InlineData("""{"interval":5,"sleep":true}""", "sleep")]
    public async Task Post_Nonsense_NamesTheField(string body, string field)
    {
        var problem = await ApiHost.ProblemAsync(400, host.Operator, "POST", Path, body);

        Assert.NotNull(problem["errors"]![field]);
    }

    [Fact]
    public async Task Place_MakesDaylightPossible()
    {
        var refused = await ApiHost.ProblemAsync(400, host.Operator, "PUT", "/api/place", """{"latitude":91,"longitude":0}""");
        Assert.NotNull(refused["errors"]!["latitude"]);
        await ApiHost.ProblemAsync(400, host.Operator, "PUT", "/api/place", """{"latitude":1}""");

        var (status, _, _) = await ApiHost.CallAsync(host.Operator, "PUT", "/api/place", """{"latitude":51.5,"longitude":-0.13}""");

        Assert.Equal(200, status);
        var (_, _, place) = await ApiHost.CallAsync(host.Viewer, "GET", "/api/place");
        Assert.Equal((51.5, -0.13), (place!["latitude"]!.GetValue<double>(), place["longitude"]!.GetValue<double>()));
        var (made, _, lapse) = await ApiHost.CallAsync(host.Operator, "POST", Path, """{"interval":600,"daylight":true,"duration":3600}""");
        Assert.Equal((201, true), (made, lapse!["daylight"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task Anything_ByAViewer_IsRefused()
    {
        var (_, _, made) = await ApiHost.CallAsync(host.Operator, "POST", Path, """{"interval":3600}""");
        var address = $"{Path}/{Text(made!, "id")}";

        await ApiHost.ProblemAsync(403, host.Viewer, "POST", Path, """{"interval":5}""");
        await ApiHost.ProblemAsync(403, host.Viewer, "POST", address + "/stop");
        await ApiHost.ProblemAsync(403, host.Viewer, "POST", address + "/start");
        await ApiHost.ProblemAsync(403, host.Viewer, "DELETE", address);
        await ApiHost.ProblemAsync(403, host.Viewer, "PUT", "/api/place", """{"latitude":1,"longitude":1}""");
        await ApiHost.ProblemAsync(401, host.Anonymous, "GET", Path);
        var (_, _, still) = await ApiHost.CallAsync(host.Viewer, "GET", address);
        Assert.Equal("running", Text(still!, "state"));
    }

    private async Task UntilTakenAsync(string address, int count) => await Eventually.TrueAsync(
        async () => (await ApiHost.CallAsync(host.Viewer, "GET", address)).Json!["taken"]!.GetValue<int>() >= count,
        "the pictures are taken", TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
