using System.Net.Http.Headers;
using PiCam.Core.Stills.Stamps;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class StampApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/api/stamp";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_Everything_IsAnsweredAndKept()
    {
        var (status, _, json) = await ApiHost.CallAsync(
            host.Operator, "PUT", Path, """{"on":true,"template":"<b>{name}</b> {iso}","corner":"topRight","height":0.1,"opacity":0.5,"box":false}""");
        var (_, _, read) = await ApiHost.CallAsync(host.Viewer, "GET", Path);

        Assert.Equal(200, status);
        Assert.Equal("""{"on":true,"template":"<b>{name}</b> {iso}","corner":"topRight","height":0.1,"opacity":0.5,"box":false,"logo":false}""", Settings(read!));
        Assert.Equal(Settings(read!), Settings(json!));
        Assert.Matches("^<b>.+</b> ", read!["preview"]!.GetValue<string>());

        var (_, _, usual) = await ApiHost.CallAsync(host.Operator, "PUT", Path, "{}");
        Assert.Equal((false, StampSettings.UsualTemplate), (usual!["on"]!.GetValue<bool>(), usual["template"]!.GetValue<string>()));

        static string Settings(System.Text.Json.Nodes.JsonNode json)
        {
            var settings = json.DeepClone().AsObject();
            settings.Remove("preview");
            return settings.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        }
    }

    [Theory]
    [InlineData("""{"on":"yes"}""", "on")]
    [InlineData("""{"template":"{weather}"}""", "template")]
    [InlineData("""{"template":""}""", "template")]
    [InlineData("""{"corner":"middle"}""", "corner")]
    [InlineData("""{"corner":"0"}""", "corner")]
    [InlineData("""{"height":0.5}""", "height")]
    [InlineData("""{"opacity":0}""", "opacity")]
    [InlineData("""{"box":1}""", "box")]
    [InlineData("""{"colour":"red"}""", "colour")]
    public async Task Put_Nonsense_NamesTheField(string body, string field)
    {
        var problem = await ApiHost.ProblemAsync(400, host.Operator, "PUT", Path, body);

        Assert.NotNull(problem["errors"]![field]);
    }

    [Fact]
    public async Task Logo_PutFetchedAndDeleted()
    {
        var png = TestPictures.Logo(40, 20);
        Assert.Equal(204, await PutLogoAsync(host.Operator, png));
        Assert.Equal(png, await host.Viewer.GetByteArrayAsync(new Uri(Path + "/logo", UriKind.Relative), Token));
        Assert.Equal(400, await PutLogoAsync(host.Operator, TestPictures.Jpeg(8, 8, SKColors.Red)));
        Assert.Equal(413, await PutLogoAsync(host.Operator, new byte[StampLogo.MostBytes + 1]));
        Assert.Equal(403, await PutLogoAsync(host.Viewer, png));
        await ApiHost.ProblemAsync(403, host.Viewer, "DELETE", Path + "/logo");

        Assert.Equal(204, (await ApiHost.CallAsync(host.Operator, "DELETE", Path + "/logo")).Status);
        await ApiHost.ProblemAsync(404, host.Viewer, "GET", Path + "/logo");
    }

    [Fact]
    public async Task CameraName_PutByAnOperatorOnly()
    {
        const string Name = "/api/camera/name";
        await ApiHost.ProblemAsync(403, host.Viewer, "PUT", Name, """{"name":"Mine"}""");
        foreach (var body in new[] { "{}", """{"name":null}""", """{"name":""}""", $$"""{"name":"{{new string('x', 41)}}"}""", """{"title":"x"}""" })
        {
            await ApiHost.ProblemAsync(400, host.Operator, "PUT", Name, body);
        }

        Assert.Equal(200, (await ApiHost.CallAsync(host.Operator, "PUT", Name, """{"name":"  门廊 "}""")).Status);
        var (_, _, json) = await ApiHost.CallAsync(host.Viewer, "GET", Name);
        Assert.Equal("门廊", json!["name"]!.GetValue<string>());
    }

    private static async Task<int> PutLogoAsync(HttpClient client, byte[] png)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Path + "/logo") { Content = new ByteArrayContent(png) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("image/png");

        // What is refused for its length is refused unread, and a client that is still sending then may not hear the answer.
        request.Headers.ExpectContinue = true;
        using var answer = await client.SendAsync(request, Token);
        return (int)answer.StatusCode;
    }
}
