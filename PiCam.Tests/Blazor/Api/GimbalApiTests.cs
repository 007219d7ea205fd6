using Microsoft.Extensions.DependencyInjection;
using PiCam.Core.Gimbals;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class GimbalApiTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncLifetime
{
    private Gimbal Gimbal => host.Services.GetRequiredService<Gimbal>();

    public async ValueTask InitializeAsync()
    {
        Gimbal.GotoHome(Callers.Operator);
        await IdleAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Get_Idle_SaysPositionLimitsAndSpeed()
    {
        var (status, _, json) = await ApiHost.CallAsync(host.Viewer, "GET", "/api/gimbal");

        Assert.Equal(200, status);
        Assert.Equal("""{"pan":0,"tilt":0}""", json!["position"]!.ToJsonString());
        Assert.False(json["moving"]!.GetValue<bool>());
        Assert.Equal("""{"pan":{"minimum":-90,"maximum":90},"tilt":{"minimum":-30,"maximum":60}}""", json["limits"]!.ToJsonString());
        Assert.Equal("""{"pan":60,"tilt":60}""", json["maximumSpeed"]!.ToJsonString());
    }

    [Fact]
    public async Task Absolute_OneAxis_GoesThereAndLeavesTheOther()
    {
        var (status, _, json) = await ApiHost.CallAsync(host.Operator, "POST", "/api/gimbal/absolute", """{"pan":3}""");

        Assert.Equal(200, status);
        Assert.True(json!["moving"]!.GetValue<bool>());
        Assert.Equal("otto", json["movedBy"]!.GetValue<string>());
        Assert.Equal("""{"pan":3,"tilt":0}""", json["target"]!.ToJsonString());
        await IdleAsync();
        Assert.Equal(3, host.Pan.Degrees);
        Assert.Equal(0, host.Tilt.Degrees);
    }

    [Fact]
    public async Task Relative_Degrees_GoesOnFromWhereItIs()
    {
        await ApiHost.CallAsync(host.Operator, "POST", "/api/gimbal/relative", """{"pan":2,"tilt":-1}""");
        await IdleAsync();
        await ApiHost.CallAsync(host.Operator, "POST", "/api/gimbal/relative", """{"pan":2}""");
        await IdleAsync();

        Assert.Equal(new PanTilt(4, -1), Gimbal.Status.Position);
    }

    [Fact]
    public async Task Continuous_UntilStop_MovesAndComesToRest()
    {
        await ApiHost.CallAsync(host.Operator, "POST", "/api/gimbal/continuous", """{"pan":-0.1,"timeout":10}""");
        await Eventually.TrueAsync(() => Gimbal.Status.Position.Pan < -0.5, "it moves left", TestContext.Current.CancellationToken);
        Assert.Equal(200, (await ApiHost.CallAsync(host.Operator, "POST", "/api/gimbal/stop")).Status);
        await IdleAsync();

        Assert.InRange(Gimbal.Status.Position.Pan, -59, -0.5);
    }

    [Fact]
    public async Task Home_FromElsewhere_GoesHome()
    {
        await ApiHost.CallAsync(host.Operator, "POST", "/api/gimbal/absolute", """{"tilt":2}""");
        await IdleAsync();
        await ApiHost.CallAsync(host.Operator, "POST", "/api/gimbal/home");
        await IdleAsync();

        Assert.Equal(default, Gimbal.Status.Position);
        Assert.Contains(host.Tilt.Writes, w => w.Degrees == 2);
    }

    [Theory]
    [InlineData("absolute", """{"pan":91}""", "pan", "pan is 91°; allowed is -90° to 90°.")]
    [InlineData("absolute", """{"tilt":-31}""", "tilt", "-30° to 60°")]
    [InlineData("absolute", """{}""", "pan", "an angle")]
    [InlineData("absolute", """{"pan":"left"}""", "pan", "a number")]
    [InlineData("relative", """{"tilt":1e999}""", "tilt", "any finite number")]
    [InlineData("relative", """{"zoom":1}""", "zoom", "one of the fields pan, tilt")]
    [InlineData("continuous", """{"pan":1.5}""", "pan", "-1 to 1")]
    [InlineData("continuous", """{"pan":1,"timeout":11}""", "timeout", "at most 10 s")]
    [InlineData("continuous", """{"pan":1,"timeout":1e300}""", "timeout", "at most 10 s")]
    [InlineData("continuous", """{"pan":1,"timeout":0}""", "timeout", "above 0 s")]
    public async Task Move_ValueThatCannotBeUsed_NamesFieldValueAndRange(string verb, string body, string field, string message)
    {
        var problem = await ApiHost.ProblemAsync(400, host.Operator, "POST", "/api/gimbal/" + verb, body);

        Assert.Equal(field, Assert.Single(problem["errors"]!.AsObject()).Key);
        Assert.Contains(message, problem["errors"]![field]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.False(Gimbal.Status.Moving);
    }

    [Theory]
    [InlineData("absolute")]
    [InlineData("relative")]
    [InlineData("continuous")]
    [InlineData("stop")]
    [InlineData("home")]
    public async Task Command_ByAViewer_IsRefused(string verb)
    {
        var problem = await ApiHost.ProblemAsync(403, host.Viewer, "POST", "/api/gimbal/" + verb, """{"pan":1}""");

        Assert.Contains("vera", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.False(Gimbal.Status.Moving);
    }

    [Theory]
    [InlineData("absolute", "{")]
    [InlineData("relative", "[1]")]
    [InlineData("continuous", "")]
    public async Task Move_MalformedBody_IsAProblem(string verb, string body) =>
        await ApiHost.ProblemAsync(400, host.Operator, "POST", "/api/gimbal/" + verb, body);

    private Task IdleAsync() =>
        Eventually.TrueAsync(() => !Gimbal.Status.Moving, "the gimbal is at rest", TestContext.Current.CancellationToken);
}
