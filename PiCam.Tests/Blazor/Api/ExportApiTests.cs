using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Core.Access;
using PiCam.Core.Media;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

/// <summary>Copies of the library on other disks, over HTTP.</summary>
public sealed class ExportApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/api/export";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Export_OfEverythingThenOfOne_IsInTheFolderThatWasNamed()
    {
        var library = host.Services.GetRequiredService<MediaLibrary>();
        var items = new[] { await AddAsync(library, "one"), await AddAsync(library, "two") };
        var places = (await ApiHost.CallAsync(host.Operator, "GET", Path)).Json!["places"]!.AsArray();
        var place = Assert.Single(places, one => one!["place"]!.GetValue<string>() == host.ExportFolder)!;
        Assert.Equal((null, true), (place["obstacle"], place["freeBytes"]!.GetValue<long>() > 0));

        var (status, _, begun) = await ApiHost.CallAsync(host.Operator, "POST", Path, new JsonObject { ["place"] = host.ExportFolder, ["everything"] = true }.ToJsonString());

        Assert.Equal((202, 2, "otto"), (status, begun!["total"]!.GetValue<int>(), begun["by"]!.GetValue<string>()));
        var ended = await EndedAsync();
        Assert.Equal((2, 0, items.Sum(item => item.Bytes), null), (Number(ended, "copied"), Number(ended, "already"), ended["bytes"]!.GetValue<long>(), ended["fault"]));
        Assert.Equal(["one.jpg", "two.jpg"], Directory.GetFiles(host.ExportFolder, "*", SearchOption.AllDirectories).Select(System.IO.Path.GetFileName).Order());

        await ApiHost.CallAsync(host.Operator, "POST", Path, new JsonObject { ["place"] = host.ExportFolder, ["ids"] = new JsonArray(items[0].Id) }.ToJsonString());
        ended = await EndedAsync();
        Assert.Equal((1, 0, 1), (Number(ended, "total"), Number(ended, "copied"), Number(ended, "already")));
        Assert.Equal(204, (await ApiHost.CallAsync(host.Operator, "POST", Path + "/stop")).Status);
    }

    [Theory]
    [InlineData("""{"place": "/etc", "everything": true}""", "place")]
    [InlineData("""{"everything": true}""", "place")]
    [InlineData("""{"place": "EXPORTS"}""", "ids")]
    [InlineData("""{"place": "EXPORTS", "ids": "all"}""", "ids")]
    [InlineData("""{"place": "EXPORTS", "everything": 1}""", "everything")]
    [InlineData("""{"place": "EXPORTS", "folder": "x"}""", "folder")]
    [InlineData("""{"place": "EXPORTS", "everything": true, "ids": ["1"]}""", "everything")]
    public async Task Post_Nonsense_IsRefusedByField(string body, string field)
    {
        var (status, _, problem) = await ApiHost.CallAsync(host.Operator, "POST", Path, body.Replace("EXPORTS", host.ExportFolder, StringComparison.Ordinal));

        Assert.Equal(400, status);
        Assert.Equal(field, Assert.Single(problem!["errors"]!.AsObject()).Key);
    }

    [Fact]
    public async Task Viewer_MayNotEvenSeeTheDisks()
    {
        Assert.Equal(403, (await ApiHost.CallAsync(host.Viewer, "GET", Path)).Status);
        Assert.Equal(403, (await ApiHost.CallAsync(host.Viewer, "POST", Path, """{"everything": true}""")).Status);
        Assert.Equal(403, (await ApiHost.CallAsync(host.Viewer, "POST", Path + "/stop")).Status);
        Assert.Equal(401, (await ApiHost.CallAsync(host.Anonymous, "GET", Path)).Status);
    }

    private static Task<MediaItem> AddAsync(MediaLibrary library, string name) =>
        library.AddAsync(Caller.System, new NewMedia(MediaKind.Still, name), LibraryRig.Jpeg(), Token);

    private static int Number(JsonNode node, string name) => node[name]!.GetValue<int>();

    private async Task<JsonNode> EndedAsync()
    {
        JsonNode now = new JsonObject();
        await Eventually.TrueAsync(
            async () => !(now = (await ApiHost.CallAsync(host.Operator, "GET", Path)).Json!["export"]!)["running"]!.GetValue<bool>(),
            "the export ends", TimeSpan.FromSeconds(60), Token);
        return now;
    }
}
