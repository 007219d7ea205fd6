using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Core.Media;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class MediaStorageApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/api/media/storage";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Storage_WithAPicture_SaysWhatTakesTheRoom()
    {
        var library = host.Services.GetRequiredService<MediaLibrary>();
        var before = (await ApiHost.CallAsync(host.Viewer, "GET", Path)).Json!;
        var item = await library.AddAsync(Callers.Operator, new NewMedia(MediaKind.Burst, "fox"), LibraryRig.Jpeg(), Token);

        var (status, _, now) = await ApiHost.CallAsync(host.Viewer, "GET", Path);
        Assert.Equal(200, status);
        Assert.Equal(item.Bytes, Number(now, "used") - Number(before, "used"));
        Assert.Equal((item.Bytes, "ok"), (Number(now, "perDay"), now!["state"]!.GetValue<string>()));

        // A first day says nothing of the days to come.
        Assert.Null(now["daysLeft"]);
        var use = (await ApiHost.CallAsync(host.Viewer, "GET", Path + "/usage")).Json!.AsArray().Single(u => u!["kind"]!.GetValue<string>() == "burst");
        Assert.Equal((1, item.Bytes), (Number(use, "count"), Number(use, "bytes")));
    }

    [Fact]
    public async Task Rules_ChangedInPart_KeepTheRest()
    {
        Assert.Equal(200, (await ApiHost.CallAsync(host.Administrator, "PATCH", Path + "/rules", """{"quotaMegabytes":5000,"keepDays":{"recording":14,"timeLapse":60}}""")).Status);
        var rules = (await ApiHost.CallAsync(host.Administrator, "PATCH", Path + "/rules", """{"reserveMegabytes":1,"keepDays":{"recording":null,"still":365}}""")).Json!;

        Assert.Equal((1, 5000), (Number(rules, "reserveMegabytes"), Number(rules, "quotaMegabytes")));
        Assert.Equal((null, 60, 365), (rules["keepDays"]!["recording"], (int)Number(rules["keepDays"], "timeLapse"), (int)Number(rules["keepDays"], "still")));
        var preview = await ApiHost.CallAsync(host.Administrator, "POST", Path + "/rules/preview", """{"keepDays":{"still":1}}""");
        Assert.Equal((200, 0), (preview.Status, Number(preview.Json, "count")));
        rules = (await ApiHost.CallAsync(host.Administrator, "PATCH", Path + "/rules", """{"reserveMegabytes":0,"quotaMegabytes":null,"keepDays":{"timeLapse":null,"still":null}}""")).Json!;
        Assert.Null(rules["quotaMegabytes"]);
        Assert.Equal(rules.ToJsonString(), (await ApiHost.CallAsync(host.Viewer, "GET", Path + "/rules")).Json!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"reserveMegabytes":-1}""", "reserveMegabytes")]
    [InlineData("""{"reserveMegabytes":1.5}""", "reserveMegabytes")]
    [InlineData("""{"quotaMegabytes":99}""", "quotaMegabytes")]
    [InlineData("""{"keepDays":{"still":0}}""", "keepDays.still")]
    [InlineData("""{"keepDays":{"still":3661}}""", "keepDays.still")]
    [InlineData("""{"keepDays":{"selfies":3}}""", "selfies")]
    [InlineData("""{"keepDays":30}""", "keepDays")]
    [InlineData("""{"keep":30}""", "keep")]
    public async Task Rules_ThatCannotBeUsed_AreNamedAndChangeNothing(string body, string field)
    {
        var before = (await ApiHost.CallAsync(host.Viewer, "GET", Path + "/rules")).Json!.ToJsonString();

        foreach (var (method, address) in ((string, string)[])[("PATCH", "/rules"), ("POST", "/rules/preview")])
        {
            var problem = await ApiHost.ProblemAsync(400, host.Administrator, method, Path + address, body);
            Assert.Equal([field], problem["errors"]!.AsObject().Select(e => e.Key));
        }

        Assert.Equal(before, (await ApiHost.CallAsync(host.Viewer, "GET", Path + "/rules")).Json!.ToJsonString());
    }

    [Fact]
    public async Task Rules_ByAnybodyButAnAdministrator_AreRefused()
    {
        foreach (var (method, address) in ((string, string)[])[("PATCH", "/rules"), ("POST", "/rules/preview")])
        {
            await ApiHost.ProblemAsync(403, host.Operator, method, Path + address, "{}");
            Assert.Equal(401, (await ApiHost.CallAsync(host.Anonymous, method, Path + address, "{}")).Status);
        }

        foreach (var address in (string[])["", "/usage", "/rules"])
        {
            Assert.Equal(401, (await ApiHost.CallAsync(host.Anonymous, "GET", Path + address)).Status);
        }
    }

    private static long Number(JsonNode? json, string name) => json![name]!.GetValue<long>();
}
