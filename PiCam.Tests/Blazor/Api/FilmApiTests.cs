using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Core.Media;
using PiCam.Core.TimeLapses;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

/// <summary>Films over HTTP, by the real ffmpeg.</summary>
public sealed class FilmApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/api/films";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private MediaLibrary Library => host.Services.GetRequiredService<MediaLibrary>();

    [Fact]
    public async Task Film_AskedForAndFollowed_IsInTheLibraryAndItsPicturesGoAndComeBack()
    {
        var run = await AddRunAsync(8);

        var (status, _, film) = await ApiHost.CallAsync(
            host.Operator, "POST", Path, $$"""{"sequence":"{{run}}","fps":4,"deflicker":true,"name":"Sunrise 日出","removeStills":true}""");

        Assert.Equal((202, 8, 2.0), (status, film!["pictures"]!.GetValue<int>(), film["duration"]!.GetValue<double>()));
        var id = Text(film["id"]);
        film = await OverAsync(id);
        Assert.Equal(("done", 8, 8, null), (Text(film["state"]), film["done"]!.GetValue<int>(), film["removed"]!.GetValue<int>(), film["error"]));
        Assert.Contains((await ApiHost.CallAsync(host.Viewer, "GET", Path)).Json!.AsArray(), other => Text(other!["id"]) == id);
        var (_, _, item) = await ApiHost.CallAsync(host.Viewer, "GET", $"/api/media/{film["media"]}");
        Assert.Equal(("film", "Sunrise 日出.mp4", 2.0, run), (Text(item!["kind"]), Text(item["fileName"]), item["duration"]!.GetValue<double>(), Text(item["sequence"])));
        using var file = await host.Viewer.GetAsync($"/api/media/{film["media"]}/file", Token);
        Assert.Equal("video/mp4", file.Content.Headers.ContentType!.MediaType);

        // Beside its run, not in it.
        var (_, _, page) = await ApiHost.CallAsync(host.Viewer, "GET", $"/api/media?sequence={run}");
        Assert.Empty(page!["items"]!.AsArray());
        var (_, _, films) = await ApiHost.CallAsync(host.Viewer, "GET", $"/api/media?sequence={run}&kind=film");
        Assert.Single(films!["items"]!.AsArray());

        var (_, _, restored) = await ApiHost.CallAsync(host.Operator, "POST", $"{Path}/{id}/restore");
        Assert.Equal(8, restored!["restored"]!.AsArray().Count);
        (_, _, film) = await ApiHost.CallAsync(host.Operator, "POST", $"{Path}/{id}/cancel");
        Assert.Equal("done", Text(film!["state"]));
    }

    [Fact]
    public async Task Film_OfATimeLapse_IsCalledByItsName()
    {
        var book = host.Services.GetRequiredService<TimeLapseBook>();
        var lapse = await book.CreateAsync(Callers.Operator, new TimeLapsePlan { Name = "Garden", Interval = TimeSpan.FromHours(1) });
        await book.EndAsync(Callers.Operator, lapse.Id);
        for (var i = 0; i < 2; i++)
        {
            await Library.AddAsync(Callers.Operator, new NewMedia(MediaKind.TimeLapse, $"garden {i}") { Sequence = lapse.Sequence }, LibraryRig.Jpeg(), Token);
        }

        var (status, _, film) = await ApiHost.CallAsync(host.Operator, "POST", Path, $$"""{"sequence":"{{lapse.Sequence}}"}""");

        Assert.Equal((202, "Garden"), (status, Text(film!["name"])));
        await OverAsync(Text(film["id"]));
    }

    [Theory]
    [InlineData("""{"fps":25}""", "sequence")]
    [InlineData("""{"sequence":"nobody's"}""", "sequence")]
    [InlineData("""{"sequence":7}""", "sequence")]
    [InlineData("""{"sequence":"RUN","fps":0}""", "fps")]
    [InlineData("""{"sequence":"RUN","fps":12.5}""", "fps")]
    [InlineData("""{"sequence":"RUN","fps":"fast"}""", "fps")]
    [InlineData("""{"sequence":"RUN","height":1e30}""", "height")]
    [InlineData("""{"sequence":"RUN","deflicker":1}""", "deflicker")]
    [InlineData("""{"sequence":"RUN","name":""}""", "name")]
    [InlineData("""{"sequence":"RUN","codec":"h265"}""", "codec")]
    public async Task Post_Nonsense_IsRefusedByField(string body, string field)
    {
        var run = await AddRunAsync(2);

        var problem = await ApiHost.ProblemAsync(400, host.Operator, "POST", Path, body.Replace("RUN", run, StringComparison.Ordinal));

        Assert.NotNull(problem["errors"]![field]);
    }

    [Fact]
    public async Task Films_ByWhoMayNotOrOfNobody_AreRefused()
    {
        var run = await AddRunAsync(2);
        await ApiHost.ProblemAsync(403, host.Viewer, "POST", Path, $$"""{"sequence":"{{run}}"}""");
        await ApiHost.ProblemAsync(403, host.Viewer, "POST", $"{Path}/x/cancel");
        await ApiHost.ProblemAsync(403, host.Viewer, "POST", $"{Path}/x/restore");
        await ApiHost.ProblemAsync(404, host.Viewer, "GET", $"{Path}/x");
        await ApiHost.ProblemAsync(404, host.Operator, "POST", $"{Path}/x/cancel");
    }

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private async Task<JsonNode> OverAsync(string id)
    {
        JsonNode? film = null;
        await Eventually.TrueAsync(
            async () =>
            {
                film = (await ApiHost.CallAsync(host.Viewer, "GET", $"{Path}/{id}")).Json;
                return Text(film!["state"]) is "done" or "failed" or "cancelled";
            },
            "the film is over",
            TimeSpan.FromSeconds(60),
            Token);
        return film!;
    }

    private async Task<string> AddRunAsync(int pictures)
    {
        var run = Guid.NewGuid().ToString("n");
        for (var n = 0; n < pictures; n++)
        {
            await Library.AddAsync(Callers.Operator, new NewMedia(MediaKind.Burst, "burst") { Sequence = run }, TestPictures.Gradient(160, 120), Token);
        }

        return run;
    }
}
