using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Boards;
using PiCam.Hardware.Boards;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Boards;

/// <summary>A script plays busctl: what it is asked, and what becomes of its answers.</summary>
public sealed class LogindPowerSwitchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("s \"yes\"", true)]
    [InlineData("s \"challenge\"", false)]
    [InlineData("s \"no\"", false)]
    [InlineData("s \"na\"", false)]
    [InlineData("", false)]
    public async Task AllowsAsync_WhatLogindSays_Decides(string answer, bool expected) =>
        Assert.Equal(expected, await Switch($"echo '{answer}'").AllowsAsync(BoardAction.Restart, Token));

    [Fact]
    public async Task AllowsAsync_NoLogindOrNoBusctl_IsFalse()
    {
        Assert.False(await Switch("echo 'Failed to connect to bus' >&2; exit 1").AllowsAsync(BoardAction.ShutDown, Token));
        Assert.False(await new LogindPowerSwitch(Pi(), TimeProvider.System, NullLogger<LogindPowerSwitch>.Instance, folder["none"])
            .AllowsAsync(BoardAction.ShutDown, Token));
    }

    [Fact]
    public async Task AllowsAsync_Pc_IsFalseWithoutAsking()
    {
        Switch("echo 's \"yes\"'");
        var pc = new LogindPowerSwitch(
            new BoardModel(folder["no-model"]), TimeProvider.System, NullLogger<LogindPowerSwitch>.Instance, folder["busctl"]);

        Assert.False(await pc.AllowsAsync(BoardAction.ShutDown, Token));
        Assert.False(File.Exists(folder["asked"]));
    }

    [Theory]
    [InlineData(BoardAction.Restart, "Reboot b false")]
    [InlineData(BoardAction.ShutDown, "PowerOff b false")]
    public async Task RunAsync_CallsLogind(BoardAction action, string call)
    {
        await Switch("true").RunAsync(action, Token);

        Assert.Equal(
            $"--system call org.freedesktop.login1 /org/freedesktop/login1 org.freedesktop.login1.Manager {call}\n",
            await File.ReadAllTextAsync(folder["asked"], Token));
    }

    [Fact]
    public async Task RunAsync_Refused_SaysWhatTheSystemSaid()
    {
        var refused = await Assert.ThrowsAsync<BoardActionException>(
            () => Switch("echo 'Call failed: Interactive authentication required.' >&2; exit 1").RunAsync(BoardAction.Restart, Token));

        Assert.Equal(
            "The system refused: busctl ended with exit code 1: Call failed: Interactive authentication required.", refused.Message);
        Assert.Equal("board.actionFailed", refused.Reason.Code);
    }

    private LogindPowerSwitch Switch(string script) => new(
        Pi(), TimeProvider.System, NullLogger<LogindPowerSwitch>.Instance, folder.Script("busctl", $"echo \"$@\" > {folder["asked"]}\n{script}"));

    private BoardModel Pi()
    {
        File.WriteAllText(folder["model"], "Raspberry Pi 5 Model B Rev 1.0\0");
        return new BoardModel(folder["model"]);
    }
}
