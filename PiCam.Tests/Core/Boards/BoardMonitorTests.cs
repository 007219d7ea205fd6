using Microsoft.Extensions.Time.Testing;
using PiCam.Core.Boards;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Boards;

public sealed class BoardMonitorTests : IAsyncDisposable
{
    private readonly FakeBoard board = new();
    private readonly FakeTimeProvider time = new();
    private readonly BoardMonitor monitor;

    public BoardMonitorTests()
    {
        monitor = new BoardMonitor(board, time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await monitor.StopAsync(CancellationToken.None);
        monitor.Dispose();
    }

    [Fact]
    public async Task Start_ReadsBeforeAnybodyCanAsk()
    {
        await monitor.StartAsync(Token);

        Assert.Equal(board.Health, monitor.Health);
        Assert.Empty(monitor.Warnings);
    }

    [Fact]
    public async Task Warnings_SupplyDropsForAMoment_StayForTenMinutes()
    {
        await monitor.StartAsync(Token);
        await ReadAsync(PowerFlags.UnderVoltage | PowerFlags.UnderVoltageOccurred);
        Assert.Equal([BoardFault.WeakSupply], monitor.Warnings);

        await ReadAsync(PowerFlags.UnderVoltageOccurred);
        Assert.Equal([BoardFault.WeakSupply], monitor.Warnings);

        time.Advance(TimeSpan.FromMinutes(10));
        await ReadAsync(PowerFlags.UnderVoltageOccurred);
        Assert.Empty(monitor.Warnings);
    }

    [Fact]
    public async Task Warnings_SupplyDroppedBetweenTwoReadings_AreGiven()
    {
        await monitor.StartAsync(Token);
        await ReadAsync(PowerFlags.None);
        Assert.Empty(monitor.Warnings);

        await ReadAsync(PowerFlags.UnderVoltageOccurred);
        Assert.Equal([BoardFault.WeakSupply], monitor.Warnings);
    }

    [Theory]
    [InlineData(PowerFlags.Throttled, 84.4, true)]
    [InlineData(PowerFlags.Throttled, 55.0, false)]
    [InlineData(PowerFlags.SoftTemperatureLimit, 84.4, false)]
    public async Task Warnings_Throttled_BlameHeatOnlyWhereItIsHot(PowerFlags flags, double temperature, bool hot)
    {
        board.Health = board.Health with { Temperature = temperature };
        await monitor.StartAsync(Token);
        await ReadAsync(flags);

        Assert.Equal(hot ? [BoardFault.TooHot] : [], monitor.Warnings);
    }

    private async Task ReadAsync(PowerFlags flags)
    {
        var next = board.Health with { Power = flags };
        board.Health = next;
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(BoardMonitor.Interval / 10);
                return ReferenceEquals(monitor.Health, next);
            },
            "the board is read",
            Token);
    }
}
