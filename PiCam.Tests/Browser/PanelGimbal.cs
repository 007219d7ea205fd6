using System.Text.Json;
using Microsoft.Playwright;
using PiCam.Core.Gimbals;

namespace PiCam.Tests.Browser;

/// <summary>The panel's gimbal, by its HTTP API, in the name of who is signed in on a page.</summary>
internal sealed class PanelGimbal(IPage page)
{
    public async Task<PanTilt> PositionAsync()
    {
        var position = (await StatusAsync()).GetProperty("position");
        return new PanTilt(position.GetProperty("pan").GetDouble(), position.GetProperty("tilt").GetDouble());
    }

    public async Task<bool> MovesAsync() => (await StatusAsync()).GetProperty("moving").GetBoolean();

    /// <summary>Goes there, and waits until it is at rest.</summary>
    public async Task MoveAsync(PanTilt angles)
    {
        await LivePage.SendAsync(page, "POST", "/api/gimbal/absolute", new { pan = angles.Pan, tilt = angles.Tilt });
        await RestAsync();
    }

    /// <summary>Asks to go there.</summary>
    /// <returns>The HTTP status.</returns>
    public Task<int> TryMoveAsync(PanTilt angles) => page.EvaluateAsync<int>(
        "async body => (await fetch('/api/gimbal/absolute', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } })).status",
        JsonSerializer.Serialize(new { pan = angles.Pan, tilt = angles.Tilt }));

    /// <summary>Goes home unless it is there, and waits until it is at rest.</summary>
    public async Task HomeAsync()
    {
        if (!await IsHomeAsync())
        {
            await LivePage.SendAsync(page, "POST", "/api/gimbal/home", new { });
            await LivePage.UntilAsync(IsHomeAsync, "home");
        }
    }

    public Task RestAsync() => LivePage.UntilAsync(async () => !await MovesAsync(), "the gimbal rests");

    private async Task<bool> IsHomeAsync() => !await MovesAsync() && await PositionAsync() == default;

    private Task<JsonElement> StatusAsync() => page.EvaluateAsync<JsonElement>("async () => (await fetch('/api/gimbal')).json()");
}
