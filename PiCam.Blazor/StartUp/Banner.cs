using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using PiCam.Blazor.Configuration;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using QRCoder;

namespace PiCam.Blazor.StartUp;

/// <summary>What the console says when the panel is up: where it is, what it runs, and how to make the first account.</summary>
internal sealed class Banner(
    PanelConsole console, IServer server, CameraSession camera, Setup setup, DataFolder folder, PanelConfiguration settings,
    IServiceProvider services)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        // Registered only when there is a gimbal.
        var gimbal = services.GetService<GimbalHardware>()?.Description.English ?? "none";
        await WriteAsync(
            $"""
            PiCam is ready: {string.Join("  ", Addresses())}
            Camera: {camera.Description}. Gimbal: {gimbal}.
            Data folder: {folder.Path}

            """,
            cancellationToken).ConfigureAwait(false);
        foreach (var key in settings.Ignored)
        {
            await WriteAsync($"{folder.Settings}: {key} cannot be set there and is ignored.\n", cancellationToken).ConfigureAwait(false);
        }

        await PrintSetupCodeAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Shows the set-up code in force, as text, as a link and as a QR code; nothing when there is none.</summary>
    public async Task PrintSetupCodeAsync(CancellationToken cancellationToken)
    {
        if (setup.CodeText is not { } code || Addresses() is not [var address, ..])
        {
            return;
        }

        var link = $"{address}{PublicEndpoints.Setup}?code={code}";
        var secure = Addresses().FirstOrDefault(other => other != address && other.StartsWith("https:", StringComparison.Ordinal)) is { } https
            ? $"\nor, encrypted, at {https}{PublicEndpoints.Setup}?code={code}\n(the browser warns of its certificate; {address}{PublicEndpoints.Certificate} says why)"
            : "";
        var minutes = Setup.CodeLifetime.TotalMinutes.ToString("0", CultureInfo.InvariantCulture);
        await WriteAsync(
            $"""

            Set-up code: {code}
            Make the first account within {minutes} minutes at {link}{secure}
            {QrCode(link)}

            """,
            cancellationToken).ConfigureAwait(false);
    }

    private static string QrCode(string link)
    {
        using var data = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.L);
        using var code = new AsciiQRCode(data);

        // Light modules are drawn as blocks: right on a dark terminal, and most are dark.
        return code.GetGraphicSmall(drawQuietZones: true, invert: false);
    }

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        await console.Output.WriteAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
        await console.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    // Plain ones first: every browser takes them.
    private IReadOnlyList<string> Addresses() =>
    [
        .. PanelAddresses.Reachable(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [], PanelAddresses.OfThisMachine())
            .OrderBy(address => address.StartsWith("https:", StringComparison.Ordinal)),
    ];
}
