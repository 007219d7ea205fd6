using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Rig;

/// <summary>Run by <see cref="RigPanelTests"/> inside the rig: the whole panel, as its owner starts it, with a PCA9685 on its bus.</summary>
public sealed class PanelInRig : IAsyncDisposable
{
    // One slow CPU for panel, kernel and test.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient http = new() { Timeout = Patience };
    private PanelProcess? panel;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (panel is not null)
        {
            await panel.DisposeAsync();
        }
    }

    [Fact(Explicit = true)]
    public async Task Panel_AimedByHttp_DrivesTheChipOutlivesItsFailuresAndLeavesItOff()
    {
        panel = await PanelProcess.StartAsync(
            Patience, Token, "--Gimbal:Driver=pca9685", "--Camera:Width=160", "--Camera:Height=120");
        await panel.AddPersonAsync("ana", "a long enough password", Role.Administrator);
        http.BaseAddress = new Uri(panel.Address);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await panel.AddTokenAsync("pilot", Role.Operator));

        // Set-up made on the command line is noticed by the running panel; until then every route leads to the set-up page.
        await UntilAsync(
            async () => (await http.GetAsync("/api/status", Token)).Content.Headers.ContentType?.MediaType == "application/json", "set-up is done");
        Assert.Contains(panel.Output, line => line.Contains("Gimbal: PCA9685 on I²C bus 1", StringComparison.Ordinal));

        await MoveAsync(20, -5);
        await RestAsync();
        Assert.Equal((121, 0x20), (RigChip.Register(0xFE), RigChip.Register(0x00) & 0x31));
        Expect(20, -5);

        // A glitch of one transfer in a move: nobody notices.
        await MoveAsync(-30, 20);
        RigChip.FailNext(1);
        Assert.Null((await RestAsync())["fault"]);
        Expect(-30, 20);

        // The chip is gone in a move: everybody is told, the panel lives, and it goes on when the chip is back.
        await MoveAsync(30, -20);
        RigChip.SetPresent(false);
        JsonNode gimbal = null!;
        await UntilAsync(async () => (gimbal = await GimbalAsync())["fault"] is not null, "the fault is told");
        Assert.Contains("PCA9685", gimbal["fault"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.False(gimbal["moving"]!.GetValue<bool>());
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/readyz", Token)).StatusCode);
        RigChip.SetPresent(true);
        await UntilAsync(async () => (await GimbalAsync())["fault"] is null, "the fault goes");
        await MoveAsync(10, 5);
        await RestAsync();
        Expect(10, 5);

        // Told to stop in a move: the servos are left without pulses.
        await SendAsync("continuous", new { pan = -0.2, timeout = 10 });
        await UntilAsync(() => Task.FromResult(RigChip.PulseWidth(0) < RigChip.PulseWidthOf(9)), "it moves");
        Assert.Equal(0, await panel.TerminateAsync(Patience));
        Assert.True(RigChip.IsOff(0) && RigChip.IsOff(1));
        Assert.DoesNotContain(panel.Output, line => line.Contains("Unhandled exception", StringComparison.OrdinalIgnoreCase));
    }

    private static void Expect(double pan, double tilt)
    {
        Assert.Equal(RigChip.PulseWidthOf(pan), RigChip.PulseWidth(0), 3.0);
        Assert.Equal(RigChip.PulseWidthOf(tilt), RigChip.PulseWidth(1), 3.0);
    }

    private static Task UntilAsync(Func<Task<bool>> condition, string what) => Eventually.TrueAsync(condition, what, Patience, Token);

    private Task MoveAsync(double pan, double tilt) => SendAsync("absolute", new { pan, tilt });

    private async Task SendAsync(string verb, object body)
    {
        using var answer = await http.PostAsJsonAsync("/api/gimbal/" + verb, body, Token);
        Assert.True(answer.IsSuccessStatusCode, $"{verb}: {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Token)}");
    }

    private async Task<JsonNode> GimbalAsync() =>
        (await http.GetFromJsonAsync<JsonNode>("/api/status", JsonSerializerOptions.Web, Token))!["gimbal"]!;

    private async Task<JsonNode> RestAsync()
    {
        JsonNode gimbal = null!;
        await UntilAsync(async () => !(gimbal = await GimbalAsync())["moving"]!.GetValue<bool>(), "the gimbal rests");
        return gimbal;
    }
}
