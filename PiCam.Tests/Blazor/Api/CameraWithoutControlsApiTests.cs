using System.Net;
using PiCam.Core.Cameras;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

/// <summary>A camera that lacks controls, gets lost and comes again; and a panel without a gimbal.</summary>
public sealed class CameraWithoutControlsApiTests : IAsyncLifetime
{
    private readonly ApiHost host = new(hasGimbal: false);

    public async ValueTask InitializeAsync()
    {
        host.Camera.Capabilities = FakeCamera.NoControls with { AnalogueGain = new(1, 8, 1) };
        await host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Controls_ThatTheCameraLacks_AreAbsentAndRefused()
    {
        var (_, _, json) = await ApiHost.CallAsync(host.Viewer, "GET", "/api/camera/controls");
        Assert.Equal("""{"analogueGain":null,"rotation":"rotate0","horizontalFlip":false,"verticalFlip":false}""", json!["asked"]!.ToJsonString());
        Assert.Equal("""{"analogueGain":2}""", json["actual"]!.ToJsonString());

        var (_, _, capabilities) = await ApiHost.CallAsync(host.Viewer, "GET", "/api/camera/capabilities");
        Assert.Equal(["analogueGain", "rotation", "horizontalFlip", "verticalFlip"], capabilities!["controls"]!.AsObject().Select(c => c.Key));

        var problem = await ApiHost.ProblemAsync(400, host.Operator, "PATCH", "/api/camera/controls", """{"exposureTime":null}""");
        Assert.Contains("analogueGain", problem["errors"]!["exposureTime"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshot_WhileTheCameraIsLost_SaysWhyAndWorksAgainAfterwards()
    {
        host.Camera.RefuseToOpen("The ribbon cable is loose.");
        host.Camera.Lose("The ribbon cable is loose.");
        await Eventually.TrueAsync(
            () => host.Session.State.Condition == CameraCondition.Lost, "the camera is lost", TestContext.Current.CancellationToken);

        foreach (var path in new[] { "/snapshot.jpg", "/stream.mjpg" })
        {
            var problem = await ApiHost.ProblemAsync(503, host.Viewer, "GET", path);
            Assert.Equal("The ribbon cable is loose.", problem["detail"]!.GetValue<string>());
        }

        var (_, _, status) = await ApiHost.CallAsync(host.Viewer, "GET", "/api/status");
        Assert.Equal("The ribbon cable is loose.", status!["reason"]!.GetValue<string>());

        host.Camera.RefuseToOpen(null);
        await host.GoLiveAsync(TestContext.Current.CancellationToken);
        using var snapshot = await host.OpenAsync("/snapshot.jpg", FakeCamera.Jpeg);
        Assert.Equal(HttpStatusCode.OK, snapshot.StatusCode);
    }

    [Fact]
    public async Task Gimbal_OfAPanelWithoutOne_IsNotFound()
    {
        await ApiHost.ProblemAsync(404, host.Viewer, "GET", "/api/gimbal");
        await ApiHost.ProblemAsync(404, host.Operator, "POST", "/api/gimbal/home");
        await ApiHost.ProblemAsync(404, host.Operator, "POST", "/api/gimbal/absolute", """{"pan":1}""");
        var (_, _, status) = await ApiHost.CallAsync(host.Viewer, "GET", "/api/status");
        Assert.Null(status!["gimbal"]);
    }
}
