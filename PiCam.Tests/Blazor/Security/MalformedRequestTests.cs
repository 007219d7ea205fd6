using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using CsCheck;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

/// <summary>Requests and messages that make no sense: refused, and nothing else happens.</summary>
[Collection(AloneCollection.Name)]
public sealed class MalformedRequestTests : IAsyncLifetime
{
    private static readonly int Count = LongRun.Asked ? 5000 : 500;

    private readonly ApiHost host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Requests_ThatMakeNoSense_AreRefusedWithoutAFailureOrALeak()
    {
        var unobserved = 0;
        void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs args) => Interlocked.Increment(ref unobserved);
        TaskScheduler.UnobservedTaskException += OnUnobserved;
        var bodies = await new EndpointWalk(host).BodiesAsync();
        var requests = Requests([.. new EndpointWalk(host).Keys().Where(key => !key.Contains("/api/panel", StringComparison.Ordinal)
            && !key.Contains("/api/board", StringComparison.Ordinal))], bodies);
        var memory = 0L;
        using var frames = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var camera = new EndpointWalk(host).PlayCameraAsync(frames.Token);
        for (var i = 0; i < Count; i++)
        {
            if (i == Count / 5)
            {
                memory = GC.GetTotalMemory(forceFullCollection: true);
            }

            var request = requests.Single();
            var answer = "";
            await Eventually.TrueAsync(
                async () => !(answer = await SendAsync(request)).StartsWith("HTTP/1.1 429", StringComparison.Ordinal), "the rate allows it", TimeSpan.FromMinutes(1), Token);
            Assert.True(answer.Length == 0 || !answer.StartsWith("HTTP/1.1 500", StringComparison.Ordinal), request + "\n" + answer);
        }

        await frames.CancelAsync();
        await camera;
        var grown = GC.GetTotalMemory(forceFullCollection: true) - memory;
        GC.WaitForPendingFinalizers();
        GC.Collect();
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
        Assert.Equal(0, unobserved);
        Assert.True(grown < 20_000_000, $"{Count} requests left {grown / 1e6:0.0} MB.");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await host.Administrator.GetAsync("/api/status", Token)).StatusCode);
    }

    [Fact]
    public async Task CircuitMessages_ThatMakeNoSense_EndThatCircuitOnly()
    {
        using var browser = new FormClient(host.Address);
        await browser.SignInAsync("ana", "a long enough password");
        var messages = Gen.Byte.Array[0, 400];
        for (var i = 0; i < Count / 10; i++)
        {
            using var socket = new ClientWebSocket();
            socket.Options.Cookies = new System.Net.CookieContainer();
            socket.Options.Cookies.Add(host.Address, browser.Cookies);
            socket.Options.SetRequestHeader("Origin", host.Address.GetLeftPart(UriPartial.Authority));
            await socket.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, Token);
            if (i % 2 == 0)
            {
                // As the protocol begins, so that what follows is looked at as messages.
                await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, endOfMessage: true, Token);
            }

            for (var n = 0; n < 10 && socket.State == WebSocketState.Open; n++)
            {
                try
                {
                    await socket.SendAsync(messages.Single(), WebSocketMessageType.Binary, endOfMessage: true, Token);
                }
                catch (WebSocketException)
                {
                    // The panel has hung up already.
                    break;
                }
            }

            socket.Abort();
        }

        Assert.Equal(System.Net.HttpStatusCode.OK, (await browser.Http.GetAsync("/", Token)).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await host.Administrator.GetAsync("/api/status", Token)).StatusCode);
    }

    // A real route and a body that it takes, of which something is broken; or nothing of the kind at all.
    private Gen<string> Requests(IReadOnlyList<string> keys, Dictionary<string, (string Type, string Body)> bodies)
    {
        var noise = Gen.Char[(char)1, (char)255].Array[0, 60].Select(letters => new string(letters));
        string[] verbs = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW"];
        var methods = Gen.Int[0, verbs.Length - 1].Select(index => verbs[index]);
        var signedIn = $"Authorization: Bearer {host.OperatorToken}\r\n";
        return Gen.Select(Gen.Int[0, keys.Count - 1].Select(index => keys[index]), methods, noise, Gen.Int[0, 9], Gen.Double[0, 1], (key, method, text, kind, cut) =>
        {
            var space = key.IndexOf(' ', StringComparison.Ordinal);
            var (verb, path) = (key[..space], System.Text.RegularExpressions.Regex.Replace(key[(space + 1)..], @"\{[^}]*\}", "none"));
            var body = bodies.TryGetValue(key, out var given) ? given.Body : "{}";
            var plain = new string([.. text.Where(c => c > ' ' && c < 127)]);
            return kind switch
            {
                0 => $"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{signedIn}Content-Length: 0\r\n\r\n",
                1 => Body(verb, path, signedIn, body[..(int)(body.Length * cut)]),
                2 => Body(verb, path, signedIn, body.Insert((int)(body.Length * cut), text)),
                3 => Body(verb, path, signedIn, body.Replace("\"", text.Length % 2 == 0 ? "'" : "", StringComparison.Ordinal)),
                4 => Body(verb, path, signedIn, System.Text.RegularExpressions.Regex.Replace(body, "[0-9]+", "-1e999")),
                5 => Body(verb, path, signedIn, "[" + string.Concat(Enumerable.Repeat("[", (int)(cut * 500)))),
                6 => $"GET {path}?{plain}={plain} HTTP/1.1\r\nHost: localhost\r\n{signedIn}\r\n",
                7 => $"GET /{plain} HTTP/1.1\r\nHost: localhost\r\n{signedIn}\r\n",
                8 => $"{verb} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {text}\r\nContent-Length: 0\r\n\r\n",
                _ => text + "\r\n\r\n",
            };
        });
    }

    private static string Body(string verb, string path, string signedIn, string body) =>
        $"{verb} {path} HTTP/1.1\r\nHost: localhost\r\n{signedIn}Content-Type: application/json\r\nContent-Length: {Encoding.Latin1.GetByteCount(body)}\r\n\r\n{body}";

    /// <summary>The beginning of the answer; empty where the panel hung up.</summary>
    private async Task<string> SendAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Address.Host, host.Address.Port, Token);
        try
        {
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), Token);
            var buffer = new byte[256];
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);

            // A stream, or a picture that no camera brings: that it was taken is answer enough.
            patience.CancelAfter(TimeSpan.FromSeconds(20));
            var read = await client.GetStream().ReadAsync(buffer, patience.Token);
            return Encoding.Latin1.GetString(buffer, 0, read);
        }
        catch (Exception over) when (over is IOException or SocketException || (over is OperationCanceledException && !Token.IsCancellationRequested))
        {
            return "";
        }
    }
}
