using PiCam.Core.Boards;
using PiCam.Core.Cameras;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class BoardApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Status_SaysHowTheBoardDoes()
    {
        host.Board.Health = host.Board.Health with
        {
            Temperature = 48.5,
            Power = PowerFlags.UnderVoltageOccurred,
            ProcessorUse = 0.25,
            Memory = new Space(4_000_000_000, 3_000_000_000),
            Uptime = TimeSpan.FromSeconds(3600),
        };
        await Eventually.TrueAsync(
            () => host.BoardMonitor.Health.Temperature == 48.5, "the board is read", TestContext.Current.CancellationToken);

        var (_, _, json) = await ApiHost.CallAsync(host.Viewer, "GET", "/api/status");

        var board = json!["board"]!;
        Assert.Equal("Raspberry Pi 4 Model B Rev 1.4", board["model"]!.GetValue<string>());
        Assert.Equal(48.5, board["temperature"]!.GetValue<double>());
        Assert.False(board["power"]!["underVoltage"]!.GetValue<bool>());
        Assert.True(board["power"]!["underVoltageOccurred"]!.GetValue<bool>());
        Assert.Equal(0.25, board["processorUse"]!.GetValue<double>());
        Assert.Equal(3_000_000_000, board["memory"]!["free"]!.GetValue<long>());
        Assert.Null(board["disk"]);
        Assert.Equal(3600, board["uptime"]!.GetValue<double>());
        Assert.Contains("power supply is weak", board["warnings"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/board/restart", BoardAction.Restart)]
    [InlineData("/api/board/shut-down", BoardAction.ShutDown)]
    public async Task Action_IsTheAdministratorsAlone(string path, BoardAction action)
    {
        host.Power.Done.Clear();
        var refused = await ApiHost.ProblemAsync(403, host.Operator, "POST", path);
        Assert.Contains("Administrator", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await ApiHost.ProblemAsync(403, host.Viewer, "POST", path);
        await ApiHost.ProblemAsync(401, host.Anonymous, "POST", path);
        Assert.Empty(host.Power.Done);

        Assert.Equal(202, (await ApiHost.CallAsync(host.Administrator, "POST", path)).Status);
        Assert.Equal([action], host.Power.Done);
    }

    [Fact]
    public async Task Action_TheSystemDoesNotAllowIt_IsAProblemThatSaysSo()
    {
        host.Power.Allows = false;
        try
        {
            var refused = await ApiHost.ProblemAsync(503, host.Administrator, "POST", "/api/board/restart");
            Assert.Equal(BoardFault.NotAllowed.English, refused["detail"]!.GetValue<string>());
        }
        finally
        {
            host.Power.Allows = true;
        }
    }

    [Fact]
    public async Task RestartOfTheCamera_IsTheAdministratorsAlone()
    {
        await ApiHost.ProblemAsync(403, host.Operator, "POST", "/api/camera/restart");
        Assert.Equal(CameraCondition.Live, host.Session.State.Condition);
        var opened = host.Camera.Opened;

        Assert.Equal(202, (await ApiHost.CallAsync(host.Administrator, "POST", "/api/camera/restart")).Status);

        await Eventually.TrueAsync(() => host.Camera.Opened > opened, "the camera is opened again", TestContext.Current.CancellationToken);
        await host.GoLiveAsync(TestContext.Current.CancellationToken);
    }
}
