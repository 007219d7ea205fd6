using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class LightsApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/api/lights";

    [Fact]
    public async Task Patch_OneLight_SwitchesItAndLeavesTheOther()
    {
        var (status, _, json) = await ApiHost.CallAsync(host.Operator, "PATCH", Path, """{"led":"on"}""");

        Assert.Equal((200, "on", true), (status, json!["led"]!["mode"]!.GetValue<string>(), json["led"]!["lit"]!.GetValue<bool>()));
        Assert.True(host.Led.IsOn);
        Assert.Equal(("off", false), (json["lamp"]!["mode"]!.GetValue<string>(), host.Lamp.IsOn));
        var (_, _, seen) = await ApiHost.CallAsync(host.Viewer, "GET", "/api/status");
        Assert.Equal(json.ToJsonString(), seen!["lights"]!.ToJsonString());
        var (_, _, read) = await ApiHost.CallAsync(host.Viewer, "GET", Path);
        Assert.Equal(json.ToJsonString(), read!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"led":"bright"}""", "led")]
    [InlineData("""{"lamp":1}""", "lamp")]
    [InlineData("""{"torch":"on"}""", "torch")]
    public async Task Patch_Nonsense_NamesTheField(string body, string field)
    {
        var problem = await ApiHost.ProblemAsync(400, host.Operator, "PATCH", Path, body);

        Assert.NotNull(problem["errors"]![field]);
    }

    [Fact]
    public async Task Patch_ByAViewer_IsRefused()
    {
        await ApiHost.ProblemAsync(403, host.Viewer, "PATCH", Path, """{"lamp":"on"}""");
        await ApiHost.ProblemAsync(401, host.Anonymous, "PATCH", Path, """{"lamp":"on"}""");

        Assert.False(host.Lamp.IsOn);
    }
}
