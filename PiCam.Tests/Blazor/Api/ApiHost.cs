using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using PiCam.Blazor;
using PiCam.Blazor.Security;
using PiCam.Blazor.StartUp;
using PiCam.Core.Access;
using PiCam.Core.Boards;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;
using PiCam.Core.Lights;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

/// <summary>
/// The real panel on a real port and an empty data folder, with a camera and servos that the test plays, one account, and
/// a client for each role.
/// </summary>
public class ApiHost : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    // On another disk than the library.
    private readonly DirectoryInfo memory = Directory.CreateDirectory(Path.Combine("/dev/shm", $"picam-test-{Guid.NewGuid():n}"));
    private readonly bool hasGimbal;
    private readonly TimeProvider time;
    private WebApplication? panel;

    public ApiHost()
        : this(hasGimbal: true)
    {
    }

    internal ApiHost(bool hasGimbal, TimeProvider? time = null)
    {
        this.hasGimbal = hasGimbal;
        this.time = time ?? TimeProvider.System;
    }

    internal FakeCamera Camera { get; } = new();

    internal FakeServo Pan { get; } = new(TimeProvider.System);

    internal FakeServo Tilt { get; } = new(TimeProvider.System);

    internal FakeLine Led { get; } = new();

    internal FakeLine Lamp { get; } = new();

    internal FakeBoard Board { get; } = new();

    internal FakePowerSwitch Power { get; } = new();

    /// <summary>A folder of the configuration that the library can be exported to.</summary>
    internal string ExportFolder => Path.Combine(memory.FullName, "exports");

    internal IServiceProvider Services => panel!.Services;

    internal CameraSession Session => Services.GetRequiredService<CameraSession>();

    internal BoardMonitor BoardMonitor => Services.GetRequiredService<BoardMonitor>();

    internal Uri Address { get; private set; } = null!;

    internal HttpClient Anonymous { get; private set; } = null!;

    internal HttpClient Viewer { get; private set; } = null!;

    internal HttpClient Operator { get; private set; } = null!;

    internal HttpClient Administrator { get; private set; } = null!;

    internal string ViewerToken { get; private set; } = null!;

    internal string OperatorToken { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(ExportFolder);
        panel = PanelApplication.Build(["--urls", "http://127.0.0.1:0", $"--PICAM_DATA={folder["data"]}", $"--Media:ExportFolders:0={ExportFolder}"], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.Replace(ServiceDescriptor.Singleton(new PanelConsole(TextWriter.Null)));
            builder.Services.Replace(ServiceDescriptor.Singleton<ICamera>(Camera));
            builder.Services.Replace(ServiceDescriptor.Singleton<IBoard>(Board));
            builder.Services.Replace(ServiceDescriptor.Singleton<IPowerSwitch>(Power));
            builder.Services.Replace(ServiceDescriptor.Singleton(time));
            builder.Services.AddSingleton(new LightHardware(Led, Lamp));
            builder.Services.RemoveAll<GimbalHardware>();
            if (hasGimbal)
            {
                builder.Services.AddSingleton(new GimbalHardware("fake gimbal", Pan, Tilt, PulseRange.Widest));
            }
        });
        await panel.StartAsync();
        Address = new Uri(panel.Urls.First());
        Anonymous = Client(null);
        await using (var scope = Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<People>()
                .AddAsync(Caller.System, "ana", "a long enough password", Role.Administrator);
        }

        var tokens = Services.GetRequiredService<Tokens>();
        ViewerToken = await tokens.AddAsync(Caller.System, "vera", Role.Viewer, CancellationToken.None);
        Viewer = Client(ViewerToken);
        OperatorToken = await tokens.AddAsync(Caller.System, "otto", Role.Operator, CancellationToken.None);
        Operator = Client(OperatorToken);
        Administrator = Client(await tokens.AddAsync(Caller.System, "boss", Role.Administrator, CancellationToken.None));
        await Services.GetRequiredService<ISetupState>().WhenDoneAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        await GoLiveAsync(CancellationToken.None);
    }

    /// <summary>Plays the camera: one frame, and returns when the session has taken it in.</summary>
    internal async Task PublishAsync(byte[] jpeg)
    {
        var sent = Camera.Send(jpeg, new FrameMetadata { SensorTimestamp = TimeSpan.FromTicks(Stopwatch.GetTimestamp()) });
        await FakeCamera.ArrivedAsync(Session, sent, TestContext.Current.CancellationToken);
    }

    /// <summary>Asks for a picture or a stream, and plays the camera: it delivers when somebody wants it, not before.</summary>
    /// <param name="path">Of the picture or stream.</param>
    /// <param name="first">What the camera delivers.</param>
    /// <param name="client">Null: the viewer.</param>
    /// <param name="others">How many are watching already; readers of an earlier test are waited for until they have gone.</param>
    internal async Task<HttpResponseMessage> OpenAsync(string path, byte[] first, HttpClient? client = null, int others = 0)
    {
        await Eventually.TrueAsync(
            () => Session.Frames.Subscribers == others, "nobody else watches", TestContext.Current.CancellationToken);
        var opening = (client ?? Viewer).GetAsync(
            new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(
            () => Session.Frames.Subscribers > others || opening.IsCompleted, "somebody asks", TestContext.Current.CancellationToken);

        // With others there, the newest picture of theirs is the first of this one.
        if (others == 0)
        {
            await PublishAsync(first);
        }

        return await opening;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in new[] { Anonymous, Viewer, Operator, Administrator })
        {
            client.Dispose();
        }

        await panel!.StopAsync();
        await panel.DisposeAsync();
        folder.Dispose();
        memory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Sends frames until the panel calls the camera live.</summary>
    internal Task GoLiveAsync(CancellationToken cancellationToken) => Camera.GoLiveAsync(Session, cancellationToken);

    internal HttpClient Client(string? token)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Sends a request with an optional body and reads the JSON answer.</summary>
    internal static async Task<(int Status, string? Type, JsonNode? Json)> CallAsync(
        HttpClient client, string method, string path, string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, type);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var answered = response.Content.Headers.ContentType?.MediaType;
        return ((int)response.StatusCode, answered, answered?.EndsWith("json", StringComparison.Ordinal) == true ? JsonNode.Parse(text) : null);
    }

    /// <summary>Waits until a panel, in whatever process, calls its camera live.</summary>
    internal static Task LiveAsync(HttpClient client) => Eventually.TrueAsync(
        async () => (await CallAsync(client, "GET", "/api/status")).Json?["state"]?.GetValue<string>() == "live",
        "the camera is live",
        TimeSpan.FromSeconds(30),
        TestContext.Current.CancellationToken);

    /// <summary>Calls and demands a problem document with that status.</summary>
    internal static async Task<JsonNode> ProblemAsync(
        int status, HttpClient client, string method, string path, string? body = null, string type = "application/json")
    {
        var answer = await CallAsync(client, method, path, body, type);
        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.Type));
        Assert.Equal(status, answer.Json!["status"]!.GetValue<int>());
        return answer.Json;
    }
}
