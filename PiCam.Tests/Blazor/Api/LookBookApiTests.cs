using PiCam.Core.Cameras;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class LookBookApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/api/looks";

    [Fact]
    public async Task Export_ThenImport_BringsTheLooksBack()
    {
        await host.Session.UpdateAsync(Callers.Operator, _ => CameraControls.Automatic with
        {
            ExposureTime = TimeSpan.FromMilliseconds(4),
            ColourGains = new ColourGains(1.5, 1.25),
            Contrast = 1.5,
            Quality = 60,
        });
        var (status, _, saved) = await ApiHost.CallAsync(host.Operator, "POST", Path, """{"name":"Porch"}""");
        var id = saved!["id"]!.GetValue<string>();
        Assert.Equal((201, """{"exposureTime":4000,"colourGains":[1.5,1.25],"contrast":1.5}"""), (status, saved["controls"]!.ToJsonString()));

        var (_, _, file) = await ApiHost.CallAsync(host.Viewer, "GET", Path + "/export");
        Assert.Equal(1, file!["version"]!.GetValue<int>());
        Assert.Equal(200, (await ApiHost.CallAsync(host.Operator, "PATCH", $"{Path}/{id}", """{"name":"Door"}""")).Status);
        Assert.Equal(204, (await ApiHost.CallAsync(host.Operator, "POST", $"{Path}/auto/apply")).Status);
        var (_, _, imported) = await ApiHost.CallAsync(host.Operator, "POST", Path + "/import", file.ToJsonString());
        var back = imported!.AsArray().Single(look => look!["name"]!.GetValue<string>() == "Porch")!["id"]!.GetValue<string>();
        Assert.Equal(204, (await ApiHost.CallAsync(host.Operator, "POST", $"{Path}/{back}/apply")).Status);

        Assert.Equal((TimeSpan.FromMilliseconds(4), 1.5), (host.Session.State.Asked.ExposureTime, host.Session.State.Asked.Contrast));
        foreach (var look in new[] { id, back })
        {
            Assert.Equal(204, (await ApiHost.CallAsync(host.Operator, "DELETE", $"{Path}/{look}")).Status);
            await ApiHost.ProblemAsync(404, host.Operator, "DELETE", $"{Path}/{look}");
        }

        var (_, _, left) = await ApiHost.CallAsync(host.Viewer, "GET", Path);
        Assert.DoesNotContain(left!.AsArray(), look => look!["id"]!.GetValue<string>() == id);
    }

    [Theory]
    [InlineData("""{"looks":[]}""", "version", "allowed is 1")]
    [InlineData("""{"version":2,"looks":[]}""", "version", "2; allowed is 1")]
    [InlineData("""{"version":1}""", "looks", "missing")]
    [InlineData("""{"version":1,"looks":[],"more":1}""", "more", "version, looks")]
    [InlineData("""{"version":1,"looks":[{"name":"A","controls":{"contrast":99}}]}""", "looks[0].contrast", "99; allowed is 0 to 32")]
    [InlineData("""{"version":1,"looks":[{"name":"A","controls":{}},{"name":"","controls":{}}]}""", "looks[1].name", "1 to 40 characters")]
    [InlineData("""{"version":1,"looks":[{"name":"A","controls":{"contrast":"much"}}]}""", "looks[0].contrast", "\"much\"; allowed is")]
    [InlineData("""{"version":1,"looks":[{"name":"A","controls":{"scalerCrop":[400,300,1296,729]}}]}""", "looks[0].scalerCrop", "not part of a look")]
    [InlineData("""{"version":1,"looks":[{"name":"A","controls":{"nonsense":1}}]}""", "looks[0].nonsense", "allowed is one of")]
    [InlineData("""{"version":1,"looks":[{"name":"A"}]}""", "looks[0].controls", "missing")]
    public async Task Import_FieldThatCannotBeUsed_IsNamedAndNothingIsTaken(string file, string field, string says)
    {
        var problem = await ApiHost.ProblemAsync(400, host.Operator, "POST", Path + "/import", file);

        Assert.Contains(says, problem["errors"]![field]![0]!.GetValue<string>(), StringComparison.Ordinal);
        var (_, _, looks) = await ApiHost.CallAsync(host.Viewer, "GET", Path);
        Assert.All(looks!.AsArray(), look => Assert.NotEqual("A", look!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Import_TooLongOrByAViewer_IsRefused()
    {
        await ApiHost.ProblemAsync(413, host.Operator, "POST", Path + "/import", $$"""{"version":1,"looks":[],"x":"{{new string('x', 200_000)}}"}""");
        await ApiHost.ProblemAsync(400, host.Operator, "POST", Path + "/import", "[1]");
        foreach (var (method, path) in new[] { ("POST", ""), ("POST", "/import"), ("POST", "/day/apply"), ("PATCH", "/day"), ("DELETE", "/day") })
        {
            await ApiHost.ProblemAsync(403, host.Viewer, method, Path + path, """{"name":"A"}""");
        }

        await ApiHost.ProblemAsync(404, host.Operator, "POST", Path + "/dusk/apply");
    }
}
