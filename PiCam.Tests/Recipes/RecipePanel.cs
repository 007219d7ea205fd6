using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using PiCam.Blazor;
using PiCam.Blazor.Security;
using PiCam.Blazor.StartUp;
using PiCam.Core.Access;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Recipes;

/// <summary>The real panel on the simulated camera, and an Operator's program that works it over HTTP, as in the recipes for picamera.</summary>
internal sealed class RecipePanel : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly WebApplication panel;

    private RecipePanel(string[] options) => panel = PanelApplication.Build(
        ["--urls", "http://127.0.0.1:0", $"--PICAM_DATA={folder["data"]}", "--Camera:Source=simulated", "--Camera:Width=640", "--Camera:Height=480", .. options],
        builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.Replace(ServiceDescriptor.Singleton(new PanelConsole(TextWriter.Null)));
        });

    /// <summary>The program's connection.</summary>
    public HttpClient Client { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts the panel and waits until its camera is live.</summary>
    /// <param name="options">Configuration, such as <c>--Camera:LampPeriod=20</c>.</param>
    public static async Task<RecipePanel> StartAsync(params string[] options)
    {
        var recipe = new RecipePanel(options);
        await recipe.panel.StartAsync(Token);
        await using (var scope = recipe.panel.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<People>().AddAsync(Caller.System, "ana", "a long enough password", Role.Administrator);
        }

        var token = await recipe.panel.Services.GetRequiredService<Tokens>().AddAsync(Caller.System, "recipe", Role.Operator, Token);
        recipe.Client.BaseAddress = new Uri(recipe.panel.Urls.First());
        recipe.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await recipe.UntilAsync("/api/status", status => status["state"]?.GetValue<string>() == "live");
        return recipe;
    }

    /// <summary>Calls, demands success, and gives the JSON answer.</summary>
    public async Task<JsonNode> CallAsync(string method, string path, string? body = null)
    {
        var (status, _, json) = await ApiHost.CallAsync(Client, method, path, body);
        Assert.True(status is >= 200 and < 300, $"{method} {path}: {status} {json}");
        return json ?? new JsonObject();
    }

    /// <summary>Asks again and again until the answer is as wished.</summary>
    public async Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> isIt)
    {
        JsonNode answer = new JsonObject();
        await Eventually.TrueAsync(
            async () => isIt(answer = await CallAsync("GET", path)), $"{path} answers as wished", TimeSpan.FromSeconds(60), Token);
        return answer;
    }

    /// <summary>Takes a picture and fetches its file.</summary>
    /// <param name="body">As for <c>POST /api/stills</c>.</param>
    public async Task<(JsonNode Item, byte[] File)> TakeAsync(string body = "{}")
    {
        var item = await CallAsync("POST", "/api/stills", body);
        return (item, await FileAsync(item));
    }

    /// <summary>The file of a picture or film.</summary>
    public Task<byte[]> FileAsync(JsonNode item) => Client.GetByteArrayAsync(new Uri($"/api/media/{item["id"]!.GetValue<string>()}/file", UriKind.Relative), Token);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await panel.StopAsync();
        await panel.DisposeAsync();
        folder.Dispose();
    }
}
