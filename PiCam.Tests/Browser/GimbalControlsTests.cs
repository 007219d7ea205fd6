using Microsoft.Playwright;
using PiCam.Core.Gimbals;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>Aiming with whatever is at hand, and what happens when the hand goes away.</summary>
[Collection(BrowserLane.One)]
public sealed class GimbalControlsTests(LivePanelFixture fixture) : IAsyncDisposable
{
    // A pad in the standard layout, whose stick and buttons the test holds.
    private const string Pad =
        """
        window.pad = { connected: true, mapping: 'standard', axes: [0, 0, 0, 0], buttons: Array.from({ length: 17 }, () => ({ pressed: false })) };
        window.looks = 0;
        navigator.getGamepads = () => { window.looks++; return [null, window.pad]; };
        """;

    public async ValueTask DisposeAsync() => await fixture.ClosePagesAsync();

    [Fact]
    public async Task Gamepad_StickButtonsAndCross_AimStopAndGoHome()
    {
        var page = await fixture.NewPageAsync(1280, 800);
        await page.AddInitScriptAsync(Pad);
        await page.GotoAsync(fixture.Panel.Address);
        var live = new LivePage(page);
        await live.SignInAsync(LivePanelFixture.Name, LivePanelFixture.Password);
        await page.EvaluateAsync("() => dispatchEvent(new Event('gamepadconnected'))");

        // A worn stick at rest moves nothing; pulled, it does, and let go it stops.
        await page.EvaluateAsync("() => { pad.axes = [0.1, -0.1, 0, 0]; window.looks = 0; }");
        await page.WaitForFunctionAsync("() => window.looks > 10");
        Assert.Equal(0, await page.Locator(".joystick.pulled").CountAsync());
        Assert.False(await live.Gimbal.MovesAsync());
        await page.EvaluateAsync("() => { pad.axes = [0.8, -0.8, 0, 0]; }");
        await LivePage.UntilAsync(async () => (await live.Gimbal.PositionAsync()).Pan > 8 && (await live.Gimbal.PositionAsync()).Tilt > 8, "right and up");
        Assert.True(await page.Locator(".joystick.pulled").IsVisibleAsync());
        await page.EvaluateAsync("() => { pad.axes = [0, 0, 0, 0]; }");
        await LivePage.UntilAsync(async () => !await live.Gimbal.MovesAsync(), "it stops");

        var up = (await live.Gimbal.PositionAsync()).Tilt;
        await page.EvaluateAsync("() => { pad.buttons[13].pressed = true; }");
        await LivePage.UntilAsync(async () => (await live.Gimbal.PositionAsync()).Tilt < up - 5, "down by the cross");
        await page.EvaluateAsync("() => { pad.buttons[13].pressed = false; pad.buttons[3].pressed = true; }");
        await LivePage.UntilAsync(
            async () => !await live.Gimbal.MovesAsync() && (await live.Gimbal.PositionAsync()).Pan == 0 && (await live.Gimbal.PositionAsync()).Tilt == 0, "home");

        var saved = page.WaitForDownloadAsync();
        await page.EvaluateAsync("() => { pad.buttons[3].pressed = false; pad.buttons[0].pressed = true; }");
        Assert.EndsWith(".jpg", (await saved).SuggestedFilename, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Joystick_DraggedByAFinger_AimsUntilItIsLifted()
    {
        var live = await fixture.SignedInAsync(390, 844);
        var box = (await live.Page.GetByLabel("Joystick").BoundingBoxAsync())!;
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        var finger = await live.Page.Context.NewCDPSessionAsync(live.Page);

        await TouchAsync(finger, "touchStart", x, y);
        await TouchAsync(finger, "touchMove", x - (box.Width * 0.3), y);
        await LivePage.UntilAsync(async () => (await live.Gimbal.PositionAsync()).Pan < -8, "it turns left");
        await TouchAsync(finger, "touchEnd");
        await LivePage.UntilAsync(async () => !await live.Gimbal.MovesAsync(), "it stops");
        Assert.True((await live.Gimbal.PositionAsync()).Pan > -89, "It stopped at the end only.");

        await live.Gimbal.HomeAsync();
    }

    [Fact]
    public async Task ArrowHeld_CmdPressedAndTheArrowsReleaseSwallowed_TheGimbalStops()
    {
        var live = await fixture.SignedInAsync();
        await live.Page.Keyboard.DownAsync("ArrowRight");
        await LivePage.UntilAsync(async () => (await live.Gimbal.PositionAsync()).Pan > 5, "it turns");

        // As on macOS: of the arrow's end the page never hears.
        await live.Page.Keyboard.DownAsync("Meta");
        await live.Page.Keyboard.UpAsync("Meta");

        await LivePage.UntilAsync(async () => !await live.Gimbal.MovesAsync(), "it stops");
        Assert.True((await live.Gimbal.PositionAsync()).Pan < 89, "It stopped at the end only.");
        Assert.Equal(0, await live.Page.Locator(".joystick.pulled").CountAsync());
        await live.Gimbal.HomeAsync();
    }

    [Fact]
    public async Task TabClosed_InAPull_TheGimbalStopsByItself()
    {
        var live = await fixture.SignedInAsync();
        var watcher = await fixture.SignedInAsync();
        var box = (await live.Page.GetByLabel("Joystick").BoundingBoxAsync())!;
        await live.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await live.Page.Mouse.DownAsync();
        await live.Page.Mouse.MoveAsync(box.X + (box.Width * 0.7f), box.Y + (box.Height / 2));
        await LivePage.UntilAsync(async () => await watcher.Gimbal.MovesAsync(), "it moves");

        await live.Page.CloseAsync();

        await LivePage.UntilAsync(async () => !await watcher.Gimbal.MovesAsync(), "it stops");
        Assert.True((await watcher.Gimbal.PositionAsync()).Pan < 89, "It stopped at the end only.");
        await watcher.Gimbal.HomeAsync();
    }

    [Fact]
    public async Task Presets_SetByNameAndGoneToByNumber_AreThereForEverybodyUntilDeletedAndBackByUndo()
    {
        var live = await fixture.SignedInAsync();
        var other = await fixture.SignedInAsync(390, 844);
        await live.Gimbal.MoveAsync(new PanTilt(15, 5));

        await live.Page.Keyboard.PressAsync("v");
        await live.Page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("Tower");
        Assert.True((await live.Page.Locator("label.look").BoundingBoxAsync())!.Height >= 44, "The look's target is too low for a finger.");
        await live.Page.GetByRole(AriaRole.Button, new() { Name = "Keep this view" }).ClickAsync();
        await live.Page.Locator(".presets img").WaitForAsync();
        Assert.True(await live.Page.Locator(".presets img").EvaluateAsync<bool>("async image => { await image.decode(); return image.naturalWidth === 192; }"));
        await live.Page.Keyboard.PressAsync("Escape");
        await live.Gimbal.HomeAsync();

        await other.Page.Locator(".map .preset").WaitForAsync();
        await other.Page.Keyboard.PressAsync("1");
        await LivePage.UntilAsync(async () => (await live.Gimbal.PositionAsync()).Pan == 15 && (await live.Gimbal.PositionAsync()).Tilt == 5, "it is there again");

        await live.Page.Keyboard.PressAsync("v");
        await live.Page.GetByLabel("Change Tower").ClickAsync();
        await live.Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await live.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await other.Page.Locator(".map .preset").WaitForAsync();

        // The click beside the open card has closed it.
        await live.Page.Keyboard.PressAsync("v");
        await live.Page.GetByLabel("Change Tower").ClickAsync();
        await live.Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await other.Page.Locator(".map .preset").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await live.Gimbal.HomeAsync();
    }

    private static async Task TouchAsync(ICDPSession finger, string type, double? x = null, double? y = null) => await finger.SendAsync(
        "Input.dispatchTouchEvent",
        new() { ["type"] = type, ["touchPoints"] = x is null ? Array.Empty<object>() : new object[] { new { x, y } } });
}
