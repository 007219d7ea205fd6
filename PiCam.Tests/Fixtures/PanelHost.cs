using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using PiCam.Blazor;
using PiCam.Blazor.Security;
using PiCam.Blazor.StartUp;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;

namespace PiCam.Tests.Fixtures;

/// <summary>The real panel in this process, on a real port and an empty data folder, without an account.</summary>
internal sealed class PanelHost : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter printed = new();
    private readonly TextWriter console;
    private readonly WebApplication panel;

    private PanelHost(TimeProvider time, string[] arguments)
    {
        console = TextWriter.Synchronized(printed);
        panel = PanelApplication.Build(["--urls", "http://127.0.0.1:0", $"--PICAM_DATA={folder["data"]}", .. arguments], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.Replace(ServiceDescriptor.Singleton<ICamera>(Camera));
            builder.Services.Replace(ServiceDescriptor.Singleton(new PanelConsole(console)));
            builder.Services.Replace(ServiceDescriptor.Singleton(time));
            builder.Services.Replace(ServiceDescriptor.Singleton(new GimbalHardware("fake gimbal", Pan, Tilt, PulseRange.Widest)));
        });
    }

    public FakeCamera Camera { get; } = new();

    public FakeServo Pan { get; } = new(TimeProvider.System);

    public FakeServo Tilt { get; } = new(TimeProvider.System);

    /// <summary>What the panel has printed on its console.</summary>
    public string Printed
    {
        get
        {
            lock (console)
            {
                return printed.ToString();
            }
        }
    }

    public IServiceProvider Services => panel.Services;

    public Uri Address => new(panel.Urls.First());

    public string DataFolder => folder["data"];

    /// <summary>Where it speaks HTTPS, if it was told to.</summary>
    public Uri SecureAddress => new(panel.Urls.First(address => address.StartsWith("https:", StringComparison.Ordinal)));

    public static async Task<PanelHost> StartAsync(
        CancellationToken cancellationToken, TimeProvider? time = null, params string[] arguments)
    {
        var host = new PanelHost(time ?? TimeProvider.System, arguments);
        await host.panel.StartAsync(cancellationToken);
        return host;
    }

    /// <summary>A client that follows no redirect and keeps no cookie; <paramref name="token"/> signs it in.</summary>
    public HttpClient CreateClient(string? token = null)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Adds a person; an Administrator ends set-up, and then this waits until it has.</summary>
    public async Task AddUserAsync(string name, string password, Role role, CancellationToken cancellationToken)
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<People>().AddAsync(Caller.System, name, password, role);
        if (role == Role.Administrator)
        {
            await Services.GetRequiredService<ISetupState>().WhenDoneAsync(cancellationToken);
        }
    }

    /// <summary>A person of this panel, as a service sees them.</summary>
    public async Task<Caller> CallerAsync(string name)
    {
        var user = await Services.GetRequiredService<People>().FindAsync(Caller.System, name);
        return new(user.Id, user.UserName!, user.Role, "test");
    }

    /// <summary>Asks for a picture, and plays the camera, which delivers when somebody wants one.</summary>
    public async Task<HttpResponseMessage> SnapshotAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var asking = client.GetAsync(new Uri("/snapshot.jpg", UriKind.Relative), cancellationToken);
        await Eventually.TrueAsync(
            () =>
            {
                Camera.Send();
                return asking.IsCompleted;
            },
            "the picture is there",
            cancellationToken);
        return await asking;
    }

    public async ValueTask DisposeAsync()
    {
        await panel.StopAsync();
        await panel.DisposeAsync();
        await console.DisposeAsync();
        await printed.DisposeAsync();
        folder.Dispose();
    }
}
