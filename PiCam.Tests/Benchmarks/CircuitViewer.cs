using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace PiCam.Benchmarks;

/// <summary>
/// A live page without a browser: speaks the circuit's protocol, acknowledges at once whatever the panel renders and calls, and draws nothing.
/// So many of them fit beside the panel on a small machine, and what is measured is the panel's work.
/// </summary>
internal sealed partial class CircuitViewer : IAsyncDisposable
{
    /// <summary>A picture of 90 KB in base64 has more, anything else that the live page renders has less.</summary>
    private const int LeastOfAPicture = 60_000;

    private readonly HubConnection connection;
    private long pictures;
    private int objects;
    private bool leaving;

    private CircuitViewer(Uri address, string cookie)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(address, "/_blazor"), HttpTransportType.WebSockets, options =>
        {
            options.SkipNegotiation = true;
            options.Headers["Cookie"] = cookie;
            options.Headers["Origin"] = address.GetLeftPart(UriPartial.Authority);
        });
        builder.Services.Replace(ServiceDescriptor.Singleton<IHubProtocol>(new BlazorPack()));
        connection = builder.Build();
        connection.On<long, byte[]>("JS.RenderBatch", RenderedAsync);
        connection.On<long, string, string, int, long, int>("JS.BeginInvokeJS", (call, function, _, _, _, _) => CalledAsync(call, function));
        connection.On<string>("JS.Error", message => EndAsync(message));
        connection.Closed += reason => leaving ? Task.CompletedTask : EndAsync(reason?.Message ?? "closed");
    }

    /// <summary>Answers each line of standard input with how many pictures each page has had so far; ends with the input.</summary>
    /// <param name="address">The panel's.</param>
    /// <param name="cookies">One for each page: whose it is.</param>
    public static async Task<int> RunAsync(Uri address, IEnumerable<string> cookies)
    {
        var viewers = new List<CircuitViewer>();
        foreach (var cookie in cookies)
        {
            viewers.Add(await OpenAsync(address, cookie));
        }

        await ReaderProcesses.AnswerAsync(() => viewers.Select(viewer => Interlocked.Read(ref viewer.pictures)));
        foreach (var viewer in viewers)
        {
            await viewer.DisposeAsync();
        }

        return 0;
    }

    public ValueTask DisposeAsync()
    {
        leaving = true;
        return connection.DisposeAsync();
    }

    private static async Task<CircuitViewer> OpenAsync(Uri address, string cookie)
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = address };
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        var page = await http.GetStringAsync(new Uri("/", UriKind.Relative));
        var markers = Markers().Matches(page).Select(match => JsonNode.Parse(match.Groups[1].Value)!).Where(marker => marker["descriptor"] is not null).ToList();
        if (markers.Count == 0)
        {
            throw new InvalidOperationException("The page has no interactive part; it begins: " + page[..Math.Min(page.Length, 200)]);
        }

        var state = State().Match(page).Groups[1].Value;
        var viewer = new CircuitViewer(address, cookie);
        await viewer.connection.StartAsync();
        _ = await viewer.connection.InvokeAsync<string>("StartCircuit", address.ToString(), address.ToString(), "[]", state);
        var operations = markers.Select((marker, index) => new { type = "add", ssrComponentId = index + 1, marker });
        await viewer.connection.SendAsync("UpdateRootComponents", JsonSerializer.Serialize(new { batchId = 1, operations }), state);
        return viewer;
    }

    private Task RenderedAsync(long batch, byte[] changes)
    {
        if (changes.Length > LeastOfAPicture)
        {
            Interlocked.Increment(ref pictures);
        }

        return connection.SendAsync("OnRenderCompleted", batch, null);
    }

    // What the page's scripts would say: this browser remembers that base64 was chosen, and its modules do what they are asked to.
    private Task CalledAsync(long call, string function)
    {
        object? result = function switch
        {
            "import" or "attach" => new Dictionary<string, int> { ["__jsObjectId"] = ++objects },
            "get" => "Base64",
            "available" => Array.Empty<string>(),
            "canFilm" => false,
            _ => null,
        };
        return connection.SendAsync("EndInvokeJSFromDotNet", call, true, JsonSerializer.Serialize(new[] { call, true, result }));
    }

    private static async Task EndAsync(string why)
    {
        await Console.Error.WriteLineAsync("A circuit ended: " + why);
        Environment.Exit(1);
    }

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->")]
    private static partial Regex Markers();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();

    // MessagePack under Blazor's name for it.
    private sealed class BlazorPack : IHubProtocol
    {
        private readonly MessagePackHubProtocol inner = new();

        public string Name => "blazorpack";

        public int Version => 1;

        public TransferFormat TransferFormat => inner.TransferFormat;

        public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

        public bool IsVersionSupported(int version) => version == Version;

        public bool TryParseMessage(ref System.Buffers.ReadOnlySequence<byte> input, IInvocationBinder binder, out HubMessage message) =>
            inner.TryParseMessage(ref input, binder, out message!);

        public void WriteMessage(HubMessage message, System.Buffers.IBufferWriter<byte> output) => inner.WriteMessage(message, output);
    }
}
