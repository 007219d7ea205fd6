using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Data;
using PiCam.Tests.Core.Gimbals.Presets;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class PresetApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/api/gimbal/presets";
    private const string Tours = "/api/gimbal/tours";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Preset_SetRenamedReplacedMovedAndRemoved_IsAsAskedFor()
    {
        host.Camera.Send(PresetRig.Picture(SKColors.Teal));
        var (status, _, door) = await ApiHost.CallAsync(host.Operator, "POST", Path, """{"name":"Door","look":true}""");
        Assert.Equal((201, "Door", true), (status, door!["name"]!.GetValue<string>(), door["look"]!.GetValue<bool>()));
        var (_, _, gate) = await ApiHost.CallAsync(host.Operator, "POST", Path, """{"name":"Gate"}""");
        var (doorId, gateId) = (door["id"]!.GetValue<string>(), gate!["id"]!.GetValue<string>());

        Assert.Equal(200, (await ApiHost.CallAsync(host.Operator, "PATCH", $"{Path}/{gateId}", """{"name":"Garden gate","index":0}""")).Status);
        Assert.Equal(["Garden gate", "Door"], await NamesAsync());

        await MoveAsync(20, 10);
        Assert.Equal(200, (await ApiHost.CallAsync(host.Operator, "POST", $"{Path}/{doorId}/replace")).Status);
        await MoveAsync(0, 0);
        Assert.Equal(200, (await ApiHost.CallAsync(host.Operator, "POST", $"{Path}/{doorId}/goto")).Status);
        await Eventually.TrueAsync(() => host.Pan.Degrees == 20 && host.Tilt.Degrees == 10, "the gimbal is there", Token);

        Assert.Equal(204, (await ApiHost.CallAsync(host.Operator, "DELETE", $"{Path}/{doorId}")).Status);
        Assert.Equal(204, (await ApiHost.CallAsync(host.Operator, "DELETE", $"{Path}/{gateId}")).Status);
        Assert.Empty(await NamesAsync());
        await ApiHost.ProblemAsync(404, host.Operator, "POST", $"{Path}/{doorId}/goto");
        await ApiHost.ProblemAsync(404, host.Viewer, "GET", $"{Path}/{doorId}/thumbnail.jpg");
    }

    [Theory]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":5}""", "name")]
    [InlineData("""{"name":"x","look":"yes"}""", "look")]
    [InlineData("""{"name":"x","colour":1}""", "colour")]
    public async Task Set_Nonsense_IsRefusedByField(string body, string field)
    {
        var problem = await ApiHost.ProblemAsync(400, host.Operator, "POST", Path, body);

        Assert.NotNull(problem["errors"]![field]);
    }

    [Fact]
    public async Task Tour_MadeChangedStartedAndStopped_IsAsAskedFor()
    {
        var (_, _, preset) = await ApiHost.CallAsync(host.Operator, "POST", Path, """{"name":"Stop"}""");
        var id = preset!["id"]!.GetValue<string>();
        var (status, _, tour) = await ApiHost.CallAsync(
            host.Operator, "POST", Tours, $$"""{"name":"Round","stops":[{"presetId":"{{id}}","dwell":3600}],"repeats":true}""");
        Assert.Equal(201, status);
        var tourId = tour!["id"]!.GetValue<string>();
        Assert.Equal(200, (await ApiHost.CallAsync(
            host.Operator, "PUT", $"{Tours}/{tourId}", $$"""{"name":"Slow round","stops":[{"presetId":"{{id}}","dwell":7200}]}""")).Status);

        Assert.Equal(202, (await ApiHost.CallAsync(host.Operator, "POST", $"{Tours}/{tourId}/start")).Status);
        var (_, _, running) = await ApiHost.CallAsync(host.Viewer, "GET", Tours);
        Assert.Equal((tourId, "otto"), (running!["running"]!["id"]!.GetValue<string>(), running["running"]!["by"]!.GetValue<string>()));
        Assert.Equal(7200, running["tours"]![0]!["stops"]![0]!["dwell"]!.GetValue<double>());
        Assert.Equal(202, (await ApiHost.CallAsync(host.Operator, "POST", $"{Tours}/stop")).Status);
        Assert.Null((await ApiHost.CallAsync(host.Viewer, "GET", Tours)).Json!["running"]);

        Assert.Equal(204, (await ApiHost.CallAsync(host.Operator, "DELETE", $"{Tours}/{tourId}")).Status);
        Assert.Equal(204, (await ApiHost.CallAsync(host.Operator, "DELETE", $"{Path}/{id}")).Status);
        await ApiHost.ProblemAsync(404, host.Operator, "POST", $"{Tours}/{tourId}/start");
    }

    [Theory]
    [InlineData("""{"name":"x","stops":[]}""", "stops")]
    [InlineData("""{"name":"x","stops":[{"presetId":5}]}""", "stops")]
    [InlineData("""{"name":"x","stops":[{"presetId":"a","dwell":-1}]}""", "dwell")]
    [InlineData("""{"stops":[{"presetId":"a"}]}""", "name")]
    [InlineData("""{"name":"x","stops":[{"presetId":"nowhere","dwell":1}]}""", "presetId")]
    public async Task Tour_Nonsense_IsRefusedByField(string body, string field)
    {
        var problem = await ApiHost.ProblemAsync(400, host.Operator, "POST", Tours, body);

        Assert.NotNull(problem["errors"]![field]);
    }

    [Theory]
    [InlineData("""{"name":"x","stops":[{"presetId":"\ud800","dwell":1}]}""")]
    [InlineData("""{"name":"x","stops":[{"\ud800":"a"}]}""")]
    public async Task Tour_TextThatIsNoUnicode_IsRefused(string body)
    {
        await ApiHost.ProblemAsync(400, host.Operator, "POST", Tours, body);
    }

    [Fact]
    public async Task Location_OfWhatWasMade_AnswersWithIt()
    {
        var preset = await MadeAsync(Path, """{"name":"Here"}""");
        var tour = await MadeAsync(Tours, $$"""{"name":"Round","stops":[{"presetId":"{{preset}}","dwell":5}]}""");

        await ApiHost.CallAsync(host.Operator, "DELETE", $"{Tours}/{tour}");
        await ApiHost.CallAsync(host.Operator, "DELETE", $"{Path}/{preset}");
        await ApiHost.ProblemAsync(404, host.Viewer, "GET", $"{Tours}/{tour}");
        await ApiHost.ProblemAsync(404, host.Viewer, "GET", $"{Path}/{preset}");
    }

    [Fact]
    public async Task Change_ThatCannotBeStored_IsInForceAndAnsweredAsThat()
    {
        await SqlAsync("""CREATE TRIGGER full BEFORE INSERT ON "Settings" BEGIN SELECT RAISE(ABORT, 'the disk is full'); END""");
        try
        {
            var problem = await ApiHost.ProblemAsync(507, host.Operator, "POST", Path, """{"name":"Unstored"}""");

            Assert.Contains("in force", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Contains("the disk is full", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Equal(["Unstored"], await NamesAsync());
        }
        finally
        {
            await SqlAsync("DROP TRIGGER full");
            var (_, _, presets) = await ApiHost.CallAsync(host.Viewer, "GET", Path);
            await ApiHost.CallAsync(host.Operator, "DELETE", $"{Path}/{presets![0]!["id"]}");
        }
    }

    [Theory]
    [InlineData("POST", Path, """{"name":"x"}""")]
    [InlineData("PATCH", Path + "/x", """{"name":"x"}""")]
    [InlineData("POST", Path + "/x/replace", null)]
    [InlineData("POST", Path + "/x/goto", null)]
    [InlineData("DELETE", Path + "/x", null)]
    [InlineData("POST", Tours, """{"name":"x"}""")]
    [InlineData("PUT", Tours + "/x", """{"name":"x"}""")]
    [InlineData("DELETE", Tours + "/x", null)]
    [InlineData("POST", Tours + "/x/start", null)]
    [InlineData("POST", Tours + "/stop", null)]
    public async Task AnyChange_ByAViewerOrNobody_IsRefused(string method, string path, string? body)
    {
        await ApiHost.ProblemAsync(403, host.Viewer, method, path, body);
        await ApiHost.ProblemAsync(401, host.Anonymous, method, path, body);
    }

    /// <summary>Posts, and asks the answer's Location for what was made.</summary>
    /// <returns>Its id.</returns>
    private async Task<string> MadeAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var made = await host.Operator.PostAsync(new Uri(path, UriKind.Relative), content, Token);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var json = JsonNode.Parse(await made.Content.ReadAsStringAsync(Token))!;

        var (status, _, found) = await ApiHost.CallAsync(host.Viewer, "GET", made.Headers.Location!.ToString());
        Assert.Equal(200, status);
        Assert.True(JsonNode.DeepEquals(json, found), $"{found}");
        return json["id"]!.GetValue<string>();
    }

    private async Task SqlAsync(string sql)
    {
        await using var context = await host.Services.GetRequiredService<IDbContextFactory<PiCamDbContext>>().CreateDbContextAsync(Token);
        await context.Database.ExecuteSqlRawAsync(sql, Token);
    }

    private async Task<IEnumerable<string>> NamesAsync() =>
        (await ApiHost.CallAsync(host.Viewer, "GET", Path)).Json!.AsArray().Select(p => p!["name"]!.GetValue<string>());

    private async Task MoveAsync(int pan, int tilt)
    {
        await ApiHost.CallAsync(host.Operator, "POST", "/api/gimbal/absolute", $$"""{"pan":{{pan}},"tilt":{{tilt}}}""");
        await Eventually.TrueAsync(() => host.Pan.Degrees == pan && host.Tilt.Degrees == tilt, "the gimbal is there", Token);
    }
}
