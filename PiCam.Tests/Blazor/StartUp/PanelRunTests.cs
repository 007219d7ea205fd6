using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PiCam.Blazor.Configuration;
using PiCam.Blazor.StartUp;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.StartUp;

/// <summary>A restart while somebody else has the panel's address, with a web server that is no panel otherwise.</summary>
public sealed class PanelRunTests : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter said = new();
    private readonly TextWriter console;
    private readonly PanelFile file;
    private readonly IPEndPoint address;
    private TcpListener? other;
    private WebApplication? running;
    private int starts;

    public PanelRunTests()
    {
        console = TextWriter.Synchronized(said);
        file = new PanelFile(folder["panel.json"]);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        address = (IPEndPoint)listener.LocalEndpoint;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (running is not null)
        {
            await running.DisposeAsync();
        }

        other?.Dispose();
        await console.DisposeAsync();
        await said.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Restart_AddressHeldForAMoment_WaitsForItAndKeepsTheNewSettings()
    {
        var run = RunUntilRestartAsync(TimeProvider.System);
        await Eventually.TrueAsync(() => Said().Contains("in use", StringComparison.Ordinal), "it says what it waits for", Token);

        other!.Stop();
        await Eventually.TrueAsync(() => !file.HasOtherLastGood, "it runs again", Token);

        Assert.Equal("70", file.Read()["Camera:Quality"]);
        Assert.False(File.Exists(file.Path + ".refused"));
        Assert.Single(Said().TrimEnd().Split('\n'));
        await running!.StopAsync(Token);
        await run.WaitAsync(TimeSpan.FromSeconds(60), Token);
    }

    [Fact]
    public async Task Restart_AddressHeldForGood_GivesUpAndBlamesNoSettings()
    {
        var time = new FakeTimeProvider();
        var run = RunUntilRestartAsync(time);

        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return run.IsCompleted;
            },
            "it gives up",
            Token);

        var failure = await Assert.ThrowsAsync<IOException>(() => run);
        Assert.Contains("already in use", Assert.Single(StartUpFailure.Explain(failure)!), StringComparison.Ordinal);
        Assert.Equal("70", file.Read()["Camera:Quality"]);
        Assert.False(File.Exists(file.Path + ".refused"));
    }

    // A service manager may change its mind; the settings have nothing to do with it.
    [Fact]
    public async Task Stop_WhileItStarts_EndsItWithoutAFailure()
    {
        var run = new PanelRun(
            () => Task.CompletedTask, refused => Build(refused, services => services.AddHostedService<StopsTheStart>()), file, console, TimeProvider.System);

        await run.RunAsync().WaitAsync(TimeSpan.FromSeconds(60), Token);

        Assert.Equal("", Said());
        Assert.False(File.Exists(folder["panel.json.last-good"]));
    }

    /// <summary>Starts, stores other settings, restarts, and takes the address while nothing runs.</summary>
    private async Task RunUntilRestartAsync(TimeProvider time)
    {
        var run = new PanelRun(PrepareAsync, refused => Build(refused), file, console, time).RunAsync();
        await Eventually.TrueAsync(() => File.Exists(folder["panel.json.last-good"]), "it has started", Token);
        file.Write(new Dictionary<string, string?> { ["Camera:Quality"] = "70" });
        running!.Services.GetRequiredService<PanelRestart>().Begin(Callers.Administrator);
        await run;
    }

    private Task PrepareAsync()
    {
        if (starts > 0)
        {
            other = new TcpListener(address);
            other.Start();
        }

        return Task.CompletedTask;
    }

    private WebApplication Build(IReadOnlyList<string> refused, Action<IServiceCollection>? add = null)
    {
        Assert.Empty(refused);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{address}");
        builder.Services.AddSingleton<StartUpPhase>();
        builder.Services.AddSingleton<IAuditTrail, FakeAudit>();
        builder.Services.AddSingleton<PanelRestart>();
        add?.Invoke(builder.Services);
        starts++;
        return running = builder.Build();
    }

    private string Said()
    {
        lock (console)
        {
            return said.ToString();
        }
    }

    private sealed class StopsTheStart(IHostApplicationLifetime lifetime) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
