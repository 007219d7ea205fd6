using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Media;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class EventApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/api/events";

    private static readonly string[] Names = ["camera", "look", "stills", "media", "bursts", "timelapses", "films", "recording"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_TellsAtOnceHowEverythingStands()
    {
        await using var events = await FollowAsync(host.Viewer, Path);
        var first = new Dictionary<string, JsonNode>();
        while (first.Count < Names.Length)
        {
            var (name, data) = await events.NextAsync();
            first.Add(name, data);
        }

        Assert.Equal(Names.Order(), first.Keys.Order());
        Assert.Equal("live", first["camera"]["state"]!.GetValue<string>());
        Assert.Equal("free", first["look"]["state"]!.GetValue<string>());
        Assert.Empty(first["films"]!.AsArray());
        Assert.Empty(first["stills"]["underWay"]!.AsArray());
        Assert.Equal("ok", first["media"]["storage"]!.GetValue<string>());
    }

    [Fact]
    public async Task Get_APictureIsTaken_TellsOfItsTimerItsTakingAndItsEnd()
    {
        var release = new TaskCompletionSource();
        host.Camera.TakesStill = async (request, _) =>
        {
            await release.Task;
            return host.Camera.Still(request) with { Jpeg = LibraryRig.Jpeg() };
        };
        await using var events = await FollowAsync(host.Viewer, $"{Path}?only=stills,media");
        await events.UntilAsync("stills", data => data["underWay"]!.AsArray().Count == 0);

        var taking = ApiHost.CallAsync(host.Operator, "POST", "/api/stills", """{"selfTimer":0.6}""");
        await events.UntilAsync("stills", data => data["underWay"]!.AsArray() is [{ } one] && one["by"]!.GetValue<string>() == "otto" && one["until"] is not null);
        await events.UntilAsync("stills", data => data["underWay"]!.AsArray() is [{ } one] && one["until"] is null);
        release.SetResult();
        var (status, _, item) = await taking;
        Assert.Equal(201, status);

        // Both of the same tick, in either order.
        var media = await events.UntilAsync("media", data => data["kind"]?.GetValue<string>() == "added");
        Assert.Equal(item!["id"]!.GetValue<string>(), Assert.Single(media["ids"]!.AsArray())!.GetValue<string>());
    }

    [Fact]
    public async Task Get_AFloodOfChanges_TellsTheNewestOfEachQuarterSecond()
    {
        const int Flood = 40;
        var library = host.Services.GetRequiredService<MediaLibrary>();
        await using var events = await FollowAsync(host.Viewer, $"{Path}?only=media");
        var (_, before) = await events.NextAsync();
        for (var n = 0; n < Flood; n++)
        {
            await library.AddAsync(Callers.Operator, new NewMedia(MediaKind.Still, "flood"), LibraryRig.Jpeg(), Token);
        }

        var told = 0;
        var wanted = before["changes"]!.GetValue<long>() + Flood;
        await events.UntilAsync("media", data =>
        {
            told++;
            return data["changes"]!.GetValue<long>() == wanted;
        });
        Assert.InRange(told, 1, Flood - 1);
    }

    [Fact]
    public async Task Get_OnlyWhatIsNot_NamesWhatThereIs()
    {
        var problem = await ApiHost.ProblemAsync(400, host.Viewer, "GET", $"{Path}?only=stills,weather");

        Assert.All(Names, name => Assert.Contains(name, problem["errors"]!["only"]![0]!.GetValue<string>(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_TokenRevoked_Ends()
    {
        var tokens = host.Services.GetRequiredService<Tokens>();
        using var client = host.Client(await tokens.AddAsync(Caller.System, "follower", Role.Viewer, Token));
        await using var events = await FollowAsync(client, Path);
        await tokens.RevokeAsync(Caller.System, "follower", Token);

        await events.EndAsync();
    }

    [Fact]
    public async Task Get_PanelStops_Ends()
    {
        await using var other = new ApiHost();
        await other.InitializeAsync();
        await using var events = await FollowAsync(other.Viewer, Path);
        other.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        await events.EndAsync();
    }

    private static async Task<EventReader> FollowAsync(HttpClient client, string path)
    {
        var response = await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        Assert.True(response.Headers.CacheControl?.NoStore);
        return new EventReader(response, await response.Content.ReadAsStreamAsync(Token));
    }

    private sealed class EventReader(HttpResponseMessage response, Stream body) : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<SseItem<string>> items = SseParser.Create(body).EnumerateAsync(Token).GetAsyncEnumerator(Token);

        public async Task<(string Name, JsonNode Data)> NextAsync()
        {
            Assert.True(await MoveAsync(), "The stream ended.");
            return (items.Current.EventType, JsonNode.Parse(items.Current.Data)!);
        }

        public async Task<JsonNode> UntilAsync(string name, Func<JsonNode, bool> isIt)
        {
            while (true)
            {
                var (told, data) = await NextAsync();
                if (told == name && isIt(data))
                {
                    return data;
                }
            }
        }

        public async Task EndAsync()
        {
            while (await MoveAsync())
            {
            }
        }

        public async ValueTask DisposeAsync()
        {
            await items.DisposeAsync();
            await body.DisposeAsync();
            response.Dispose();
        }

        private Task<bool> MoveAsync() => items.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);
    }
}
