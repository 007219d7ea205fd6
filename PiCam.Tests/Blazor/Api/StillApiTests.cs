using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class StillApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/api/stills";

    [Fact]
    public async Task Post_TakesAPictureThatCanBeFetched()
    {
        using var bitmap = new SKBitmap(64, 48);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        var jpeg = data.ToArray();
        host.Camera.TakesStill = (request, _) => Task.FromResult(host.Camera.Still(request) with { Jpeg = jpeg });

        var (status, _, json) = await ApiHost.CallAsync(host.Operator, "POST", Path, """{"size":"640x480","quality":85,"warmUp":0,"name":"porch"}""");

        Assert.Equal((201, "still", "porch", "otto"), (status, json!["kind"]!.GetValue<string>(), json["name"]!.GetValue<string>(), json["by"]!.GetValue<string>()));
        var request = host.Camera.Stills[^1].Request;
        Assert.Equal((640, 480, 85), (request.Size!.Value.Width, request.Size.Value.Height, request.Quality));
        using var file = await host.Viewer.GetAsync($"/api/media/{json["id"]!.GetValue<string>()}/file", TestContext.Current.CancellationToken);
        using var decoded = SKBitmap.Decode(await file.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal((64, 48), (decoded.Width, decoded.Height));
    }

    [Fact]
    public async Task Post_WhereAPresetIs_CanBeFoundByIt()
    {
        host.Camera.TakesStill = (request, _) => Task.FromResult(host.Camera.Still(request) with { Jpeg = LibraryRig.Jpeg() });
        host.Camera.Send(LibraryRig.Jpeg());
        var (_, _, preset) = await ApiHost.CallAsync(host.Operator, "POST", "/api/gimbal/presets", """{"name":"Door"}""");
        var id = preset!["id"]!.GetValue<string>();

        var (_, _, there) = await ApiHost.CallAsync(host.Operator, "POST", Path, "{}");
        Assert.Equal(200, (await ApiHost.CallAsync(host.Operator, "POST", "/api/gimbal/absolute", """{"pan":20,"tilt":10}""")).Status);
        await Eventually.TrueAsync(() => host.Pan.Degrees == 20 && host.Tilt.Degrees == 10, "the gimbal is elsewhere", TestContext.Current.CancellationToken);
        var (_, _, elsewhere) = await ApiHost.CallAsync(host.Operator, "POST", Path, "{}");

        Assert.Equal(id, there!["preset"]!.GetValue<string>());
        Assert.Null(elsewhere!["preset"]);
        var (_, _, found) = await ApiHost.CallAsync(host.Viewer, "GET", $"/api/media?preset={id}");
        Assert.Equal([there["id"]!.GetValue<string>()], found!["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("""{"size":"huge"}""", "size")]
    [InlineData("""{"size":"0x5"}""", "size")]
    [InlineData("""{"quality":101}""", "quality")]
    [InlineData("""{"quality":1.5}""", "quality")]
    [InlineData("""{"selfTimer":61}""", "selfTimer")]
    [InlineData("""{"warmUp":-1}""", "warmUp")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"nameTemplate":"{weather}"}""", "nameTemplate")]
    [InlineData("""{"stamp":"yes"}""", "stamp")]
    [InlineData("""{"description":""}""", "description")]
    [InlineData("""{"flash":true}""", "flash")]
    public async Task Post_Nonsense_NamesTheField(string body, string field)
    {
        var problem = await ApiHost.ProblemAsync(400, host.Operator, "POST", Path, body);

        Assert.NotNull(problem["errors"]![field]);
    }

    [Fact]
    public async Task Post_ByWhoMayNot_TakesNothing()
    {
        var before = host.Camera.Stills.Count;

        await ApiHost.ProblemAsync(403, host.Viewer, "POST", Path, "{}");
        await ApiHost.ProblemAsync(401, host.Anonymous, "POST", Path, "{}");

        Assert.Equal(before, host.Camera.Stills.Count);
    }
}
