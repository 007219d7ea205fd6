using PiCam.Blazor.Live.Transports;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

[Collection(BrowserLane.One)]
public sealed class LivePageTests(LivePanelFixture fixture) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Fact]
    public async Task HiddenTab_AsksForNothingAndGoesOnWhenShown()
    {
        var live = await fixture.SignedInAsync();
        await live.NewFramesAsync(await live.SequenceAsync());

        await live.SetHiddenAsync(true);
        var (before, after) = (0L, -1L);
        await LivePage.UntilAsync(
            async () =>
            {
                // Two looks a second apart see the same frame, while the camera delivers thirty.
                before = await live.SequenceAsync();
                await Task.Delay(1000, Token);
                after = await live.SequenceAsync();
                return before == after;
            },
            "frames stop");

        await live.SetHiddenAsync(false);
        await live.NewFramesAsync(after);
    }

    [Fact]
    public async Task StalledViewer_IsNoViewerAnyMoreAndOthersGoOn()
    {
        await using var proxy = new TcpProxy(fixture.Panel.Endpoint);
        var stalled = await fixture.SignedInAsync(proxy: proxy);
        var other = await fixture.SignedInAsync();
        var viewers = await ViewersAsync(other);

        proxy.Stall();
        await LivePage.UntilAsync(async () => await ViewersAsync(other) < viewers, "the stalled viewer is let go");
        await other.NewFramesAsync(await other.SequenceAsync());

        var sequence = await stalled.SequenceAsync();
        proxy.Resume();
        await stalled.NewFramesAsync(sequence + 30);
    }

    [Theory]
    [InlineData(TransportKind.Base64)]
    [InlineData(TransportKind.Binary)]
    [InlineData(TransportKind.H264)]
    public async Task Picture_OfALinkThatStands_IsNotCalledLive(TransportKind kind)
    {
        await using var proxy = new TcpProxy(fixture.Panel.Endpoint);
        var live = await fixture.SignedInAsync(proxy: proxy);
        await live.UseTransportAsync(kind);
        var state = live.Page.Locator(".chips .state");
        await state.GetByText("LIVE", new() { Exact = true }).WaitForAsync();

        proxy.Stall();
        await state.GetByText("Waiting for the picture").WaitForAsync();
        Assert.False(await state.GetByText("LIVE", new() { Exact = true }).IsVisibleAsync());
        Assert.False(await live.Page.Locator(".chips .figures").IsVisibleAsync());

        proxy.Resume();
        await state.GetByText("LIVE", new() { Exact = true }).WaitForAsync(new() { Timeout = 60_000 });
    }

    [Fact]
    public async Task Cut_WhileEverythingIsInUse_LeavesNothingDead()
    {
        await using var proxy = new TcpProxy(fixture.Panel.Endpoint);
        var live = await fixture.SignedInAsync(proxy: proxy);
        var other = await fixture.SignedInAsync();
        var angle = live.Page.Locator(".angles b").First;
        await live.Page.GetByLabel("Joystick").FocusAsync();
        await live.Page.Keyboard.DownAsync("ArrowRight");
        await LivePage.UntilAsync(async () => await angle.TextContentAsync() != "0.0°", "the gimbal pans");

        // The stick is held, a slider is moved and the tab is hidden and shown while nothing gets through.
        proxy.Cut(refuse: true);
        await live.Page.Keyboard.UpAsync("ArrowRight");
        await live.SetHiddenAsync(true);
        await live.SetHiddenAsync(false);
        await live.StepAsync("Blue gain", 3);
        var moved = await live.SliderPositionAsync("Blue gain");
        var sequence = await live.SequenceAsync();
        proxy.Restore();

        await live.NewFramesAsync(sequence + 5);
        await LivePage.UntilAsync(async () => await other.SliderPositionAsync("Blue gain") == moved, "the slider's last move arrives");
        await live.Page.GetByLabel("Joystick").FocusAsync();
        await live.Page.Keyboard.PressAsync("Home");
        await live.TellingAsync(() => LivePage.UntilAsync(async () => await angle.TextContentAsync() == "0.0°", "the gimbal still obeys"));
        await live.StepAsync("Blue gain", -1);
        await LivePage.UntilAsync(async () => await other.SliderPositionAsync("Blue gain") == moved - 1, "the slider still works");
        await ResetBalanceAsync(other, live);
    }

    [Fact]
    public async Task PasswordReset_SendsTheOpenPageToSignIn()
    {
        await fixture.Panel.AddPersonAsync("orla", "correct horse battery", Role.Operator);
        var page = await fixture.NewPageAsync(1280, 800);
        await page.GotoAsync(fixture.Panel.Address);
        await new LivePage(page).SignInAsync("orla", "correct horse battery");

        await PanelProcess.RunAsync(fixture.Panel.DataFolder, "staple and bread crumbs\n", "user", "reset-password", "orla");

        await page.WaitForURLAsync("**/sign-in*", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task DraggedSlider_LastValueArrives()
    {
        var live = await fixture.SignedInAsync();
        var box = await live.Slider("Red gain").BoundingBoxAsync() ?? throw new InvalidOperationException("No slider.");
        await live.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await live.Page.Mouse.DownAsync();
        for (var i = 0; i <= 60; i++)
        {
            await live.Page.Mouse.MoveAsync(box.X + (box.Width / 2) + i, box.Y + (box.Height / 2));
        }

        await live.Page.Mouse.UpAsync();
        var last = await live.SliderPositionAsync("Red gain");

        var other = await fixture.SignedInAsync();
        await LivePage.UntilAsync(async () => await other.SliderPositionAsync("Red gain") == last, "the last value is everybody's");
        Assert.Equal("Manual", await other.Page.GetByLabel("White balance").InputValueAsync());
        await ResetBalanceAsync(other, live);
    }

    /// <summary>Makes the white balance automatic on one page, until another shows that it is: the next test counts on it.</summary>
    private static async Task ResetBalanceAsync(LivePage live, LivePage other)
    {
        await live.Page.GetByLabel("White balance").SelectOptionAsync("Auto");
        await LivePage.UntilAsync(async () => await other.Page.GetByLabel("White balance").InputValueAsync() == "Auto", "the balance is automatic again");
    }

    private static async Task<int> ViewersAsync(LivePage live) =>
        await live.Page.EvaluateAsync<int>("async () => (await (await fetch('/api/status')).json()).viewers");
}
