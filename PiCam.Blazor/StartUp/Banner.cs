using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;
using PiCam.Core.Cameras;
using QRCoder;

namespace PiCam.Blazor.StartUp;

/// <summary>What the console says when the panel is up: where it is, what it runs, and how to make the first account.</summary>
internal sealed class Banner(PanelConsole console, IServer server, ICamera camera, Setup setup, DataFolder folder) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = Addresses();
        lock (console.Output)
        {
            console.Output.WriteLine($"PiCam is ready: {string.Join("  ", addresses)}");
            console.Output.WriteLine($"Camera: {camera.Description}.");
            console.Output.WriteLine($"Data folder: {folder.Path}");
            console.Output.Flush();
        }

        PrintSetupCode();
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Shows the set-up code in force, as text, as a link and as a QR code; nothing when there is none.</summary>
    public void PrintSetupCode()
    {
        if (setup.CodeText is not { } code || Addresses().FirstOrDefault() is not { } address)
        {
            return;
        }

        var link = $"{address}{PublicEndpoints.Setup}?code={code}";
        lock (console.Output)
        {
            console.Output.WriteLine();
            console.Output.WriteLine($"Set-up code: {code}");
            console.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Make the first account within {Setup.CodeLifetime.TotalMinutes:0} minutes at {link}"));
            console.Output.WriteLine(QrCode(link));
            console.Output.Flush();
        }
    }

    private static string QrCode(string link)
    {
        using var data = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.L);
        using var code = new AsciiQRCode(data);

        // Terminals are dark more often than not.
        return code.GetGraphicSmall(drawQuietZones: true, invert: true);
    }

    private IReadOnlyList<string> Addresses() => PanelAddresses.Reachable(
        server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [], PanelAddresses.OfThisMachine());
}
