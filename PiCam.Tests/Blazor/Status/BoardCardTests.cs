using Bunit;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Layout;
using PiCam.Blazor.Status;
using PiCam.Core.Access;
using PiCam.Core.Boards;
using PiCam.Tests.Blazor.Live;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Status;

public sealed class BoardCardTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly PanelContext context = new();
    private readonly FakeBoard board = new();
    private readonly FakePowerSwitch power = new();
    private readonly BoardMonitor monitor;

    public BoardCardTests()
    {
        monitor = new BoardMonitor(board, context.Time);
        context.Services.AddSingleton(monitor);
        context.Services.AddSingleton(new BoardPower(power));
    }

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await monitor.StopAsync(CancellationToken.None);
        monitor.Dispose();
        await context.DisposeAsync();
    }

    [Fact]
    public async Task Render_Administrator_RestartsAfterASecondQuestion()
    {
        var card = await RenderAsync(Callers.Administrator);

        var buttons = card.FindAll("#confirm-Restart button");
        Assert.Equal(["Cancel", "Restart"], buttons.Select(b => b.TextContent.Trim()));
        await card.ClickAsync("#confirm-Restart button");
        Assert.Empty(power.Done);
        await card.ActAsync(() => card.FindAll("#confirm-Restart button")[1], element => element.ClickAsync(new()));
        Assert.Equal([BoardAction.Restart], power.Done);
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Operator)]
    public async Task Render_AnybodyElse_HasNoButtonsAndNoHintAtThem(Role role)
    {
        var card = await RenderAsync(Callers.Viewer with { Role = role });

        Assert.Empty(card.FindAll("button"));
        Assert.DoesNotContain("README", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_TheSystemDoesNotAllowIt_SaysWhereToReadHow()
    {
        power.Allows = false;

        var card = await RenderAsync(Callers.Administrator);

        Assert.Empty(card.FindAll("button"));
        Assert.Contains("README", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_WhatTheBoardDoesNotSay_IsNotThere()
    {
        board.Health = board.Health with { Temperature = 51.2, Power = PowerFlags.ThrottledOccurred };

        var card = await RenderAsync(Callers.Viewer);

        Assert.Equal(["Temperature", "Power supply", "Processor speed"], card.FindAll("dt").Select(d => d.TextContent));
        Assert.Equal(["51 °C", "Good", "Was slowed down since the board was started"], card.FindAll("dd").Select(d => d.TextContent.Trim()));
    }

    [Fact]
    public async Task Banner_WeakSupply_IsThereUntilItIsClosed()
    {
        board.Health = board.Health with { Power = PowerFlags.UnderVoltage };
        await monitor.StartAsync(Token);
        var banner = context.Render<BoardBanner>();
        Assert.Contains("power supply is weak", banner.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        await banner.ClickAsync("button");

        Assert.Empty(banner.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task Banner_ClosedWarningThatEndsAndComesBack_IsThereAgain()
    {
        var hot = board.Health with { Power = PowerFlags.Throttled, Temperature = 84 };
        board.Health = hot;
        await monitor.StartAsync(Token);
        var banner = context.Render<BoardBanner>();
        await banner.ClickAsync("button");

        await ShowAsync(banner, hot with { Temperature = 85 });
        Assert.Empty(banner.FindAll("[role=alert]"));
        await ShowAsync(banner, hot with { Temperature = 60 });
        Assert.Empty(banner.FindAll("[role=alert]"));
        await ShowAsync(banner, hot);

        Assert.Single(banner.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task Banner_OneDegreeMore_IsNotReadOutAgain()
    {
        board.Health = board.Health with { Power = PowerFlags.Throttled, Temperature = 84 };
        await monitor.StartAsync(Token);
        var banner = context.Render<BoardBanner>();
        var before = banner.Find("[role=alert]").TextContent;

        await ShowAsync(banner, board.Health with { Temperature = 85 });

        Assert.Equal(before, banner.Find("[role=alert]").TextContent);
    }

    private async Task ShowAsync(IRenderedComponent<BoardBanner> banner, BoardHealth health)
    {
        var renders = banner.RenderCount;
        board.Health = health;
        await Eventually.TrueAsync(
            () =>
            {
                context.Time.Advance(BoardMonitor.Interval / 10);
                return ReferenceEquals(monitor.Health, health);
            },
            "the board is read",
            Token);
        await banner.WaitForStateAsync(() => banner.RenderCount > renders, Patience);
    }

    private async Task<IRenderedComponent<BoardCard>> RenderAsync(Caller caller)
    {
        await monitor.StartAsync(Token);
        return context.Render<BoardCard>(p => p.Add(c => c.Caller, caller));
    }
}
