using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Playwright;
using PiCam.Blazor;
using PiCam.Blazor.Live.Transports;
using PiCam.Blazor.Security;
using PiCam.Blazor.StartUp;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;
using PiCam.Core.Packets;
using PiCam.Core.Recordings;
using PiCam.Tests.Browser;
using PiCam.Tests.Fixtures;

namespace PiCam.Benchmarks;

/// <summary>
/// The panel in this process on an empty data folder, so that its CPU time and allocations can be read; browsers and readers
/// run in processes of their own. This process does little else while a scenario measures.
/// </summary>
internal sealed class BenchmarkPanel : IAsyncDisposable
{
    public const string User = "ana";
    public const string Password = "correct horse battery";

    private readonly TemporaryFolder folder = new();
    private readonly WebApplication panel;
    private FrameSubscription? lease;

    private BenchmarkPanel(Action<IServiceCollection>? configure)
    {
        panel = PanelApplication.Build(
            ["--urls", "http://127.0.0.1:0", $"--PICAM_DATA={folder["data"]}", "--Camera:Source=simulated"],
            builder =>
            {
                builder.Services.Replace(ServiceDescriptor.Singleton(new PanelConsole(TextWriter.Null)));
                configure?.Invoke(builder.Services);
            });
    }

    public string Address { get; private set; } = "";

    public IPEndPoint Endpoint => new(IPAddress.Loopback, new Uri(Address).Port);

    public string Token { get; private set; } = "";

    public CameraSession Session => panel.Services.GetRequiredService<CameraSession>();

    public Recorder Recorder => panel.Services.GetRequiredService<Recorder>();

    public Gimbal Gimbal => panel.Services.GetRequiredService<Gimbal>();

    /// <summary>Whether the best rung of the film is watched, and no other: who goes to another holds both until it comes.</summary>
    public bool ShowsBestFilm
    {
        get
        {
            var films = panel.Services.GetRequiredService<LiveFilms>();
            var watched = Enumerable.Range(0, FilmRung.All.Count).Where(rung => films[rung].Wanted).ToList();
            return watched is [var only] && only == FilmRung.All.Count - 1;
        }
    }

    /// <summary>Readers of frames, without the benchmark's own lease.</summary>
    public int Readers => Session.Frames.Subscribers - 1;

    /// <param name="configure">Replaces parts.</param>
    public static async Task<BenchmarkPanel> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var benchmark = new BenchmarkPanel(configure);
        await benchmark.panel.StartAsync();
        benchmark.Address = benchmark.panel.Urls.Single();
        await using var scope = benchmark.panel.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<People>()
            .AddAsync(Caller.System, User, Password, Role.Administrator);
        benchmark.Token = await benchmark.AddTokenAsync("benchmark");

        // Held throughout: without it the camera would encode during the measurement and not before it.
        benchmark.lease = benchmark.Session.Frames.Subscribe();

        // The simulated camera paints what lies beyond its home view in its first seconds; that is not what is measured.
        while (benchmark.Session.Frames.Latest is not { Sequence: > 200 })
        {
            await Task.Delay(50);
        }

        return benchmark;
    }

    /// <param name="camera">In the place of the simulated one.</param>
    public static Task<BenchmarkPanel> StartAsync(ICamera camera) => StartAsync(services => services.Replace(ServiceDescriptor.Singleton(camera)));

    /// <summary>Another token that lets in a viewer.</summary>
    public Task<string> AddTokenAsync(string name) =>
        panel.Services.GetRequiredService<Tokens>().AddAsync(Caller.System, name, Role.Viewer, CancellationToken.None);

    /// <summary>The live page in a browser of its own, signed in, with the picture coming that way; from another address if one is given.</summary>
    public async Task<LivePage> OpenPageAsync(IBrowser browser, TransportKind kind, string? address = null)
    {
        var context = await browser.NewContextAsync(new() { Locale = "en-GB", ViewportSize = new() { Width = 1280, Height = 800 } });
        await context.AddInitScriptAsync($"localStorage.setItem('picam-transport', '{kind}');");
        var page = new LivePage(await context.NewPageAsync());
        await page.Page.GotoAsync(address ?? Address);
        await page.SignInAsync(User, Password);
        await (kind == TransportKind.Auto ? page.PictureAsync() : page.ShownByAsync(kind));
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        lease?.Dispose();
        await panel.StopAsync();
        await panel.DisposeAsync();
        folder.Dispose();
    }
}
