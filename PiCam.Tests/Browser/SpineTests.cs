using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>The whole way, as a person goes it, from an empty data folder and in a real browser.</summary>
[Collection(BrowserLane.Two)]
public sealed class SpineTests(ChromiumFixture chromium)
{
    private const string Password = "correct horse battery";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Panel_FromSetUpThroughCutAndRestart_StaysLiveWithoutAHand()
    {
        await using var panel = await PanelProcess.StartAsync(Token);
        await using var proxy = new TcpProxy(panel.Endpoint);
        var address = $"http://127.0.0.1:{proxy.Endpoint.Port}/";
        var browser = await chromium.BrowserAsync(Token);
        await using var contextA = await browser.NewContextAsync(new() { Locale = "en-GB", ViewportSize = new() { Width = 1280, Height = 800 } });
        await using var contextB = await browser.NewContextAsync(new() { Locale = "en-GB", ViewportSize = new() { Width = 1280, Height = 800 } });
        var a = new LivePage(await contextA.NewPageAsync());
        var b = new LivePage(await contextB.NewPageAsync());

        // Set-up, and the picture moves.
        await a.Page.GotoAsync(address);
        await a.SetUpAsync(await panel.SetupCodeAsync(Token), "ana", Password);
        await a.MovesAsync();

        // A second person; two stops less light in one browser darken the other's picture and move its slider.
        await b.Page.GotoAsync($"http://127.0.0.1:{panel.Endpoint.Port}/");
        await b.SignInAsync("ana", Password);
        await a.Page.GetByLabel("Automatic gain").UncheckAsync();
        await a.Page.GetByLabel("Automatic exposure time").UncheckAsync();
        var position = 0.0;
        await LivePage.UntilAsync(
            async () =>
            {
                // Both at rest at the same value: automatic exposure may have moved on while Auto was switched off.
                position = await b.SliderPositionAsync("Shutter");
                return !await b.Page.GetByLabel("Automatic exposure time").IsCheckedAsync()
                    && !await a.Page.GetByLabel("Automatic exposure time").IsCheckedAsync()
                    && await a.SliderPositionAsync("Shutter") == position;
            },
            "Auto goes off for both");
        var bright = await b.BrightnessAsync();
        await a.StepAsync("Shutter", -3);
        await LivePage.UntilAsync(async () => await b.BrightnessAsync() < bright * 0.85, "B's picture darkens");
        await LivePage.UntilAsync(async () => await b.SliderPositionAsync("Shutter") == position - 3, "B's slider moves");

        // The stick held right moves the scene to the left.
        var before = await a.PixelsAsync();
        var stick = await a.Page.GetByLabel("Joystick").BoundingBoxAsync() ?? throw new InvalidOperationException("No joystick.");
        await a.Page.Mouse.MoveAsync(stick.X + (stick.Width / 2), stick.Y + (stick.Height / 2));
        await a.Page.Mouse.DownAsync();
        await a.Page.Mouse.MoveAsync(stick.X + (stick.Width * 0.9f), stick.Y + (stick.Height / 2));
        await LivePage.UntilAsync(async () => await a.ShiftLeftSinceAsync(before) >= 30, "the scene moves left");
        await a.Page.Mouse.UpAsync();

        // A cut: frames come again on the same page.
        await a.Page.EvaluateAsync("() => { window.samePage = true; }");
        var sequence = await a.SequenceAsync();
        proxy.Cut();
        await a.NewFramesAsync(sequence + 5);
        Assert.True(await a.Page.EvaluateAsync<bool>("() => window.samePage === true"), "the page was loaded anew after a mere cut");

        // A server killed and started again: the page loads itself and is live.
        await panel.KillAsync();
        await panel.StartAgainAsync(Token);
        await a.Page.WaitForFunctionAsync("() => !window.samePage", null, new() { Timeout = 60_000 });
        await a.PictureAsync();
        await a.MovesAsync();
        Assert.Equal(position - 3, await a.SliderPositionAsync("Shutter"));
    }
}
