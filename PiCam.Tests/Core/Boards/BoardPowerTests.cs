using PiCam.Core.Access;
using PiCam.Core.Boards;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Boards;

public sealed class BoardPowerTests
{
    private readonly FakePowerSwitch real = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BoardPower Power => new(real);

    public static TheoryData<BoardAction> Actions => [.. Enum.GetValues<BoardAction>()];

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task RunAsync_Administrator_IsDone(BoardAction action)
    {
        Assert.True(await Power.AllowsAsync(Callers.Administrator, action, Token));

        await Power.RunAsync(Callers.Administrator, action, Token);

        Assert.Equal([action], real.Done);
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task RunAsync_AnybodyElse_IsRefused(BoardAction action)
    {
        foreach (var caller in new[] { Callers.Viewer, Callers.Operator })
        {
            Assert.False(await Power.AllowsAsync(caller, action, Token));
            await Assert.ThrowsAsync<AccessRefusedException>(() => Power.RunAsync(caller, action, Token));
        }

        Assert.Empty(real.Done);
    }

    [Fact]
    public async Task RunAsync_TheSystemDoesNotAllowIt_SaysSo()
    {
        real.Allows = false;

        var refused = await Assert.ThrowsAsync<BoardActionException>(
            () => Power.RunAsync(Callers.Administrator, BoardAction.Restart, Token));

        Assert.Equal(BoardFault.NotAllowed, refused.Reason);
        Assert.Empty(real.Done);
    }
}
