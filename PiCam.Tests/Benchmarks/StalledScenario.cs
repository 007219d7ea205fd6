using System.Diagnostics;
using System.Net.Sockets;

namespace PiCam.Benchmarks;

/// <summary>A viewer stops reading (R17): what waits for it, when it is dropped, and whether others notice.</summary>
internal static class StalledScenario
{
    private static readonly int FirstBoundaryBytes = "--picam\r\n"u8.Length;

    public static async Task RunAsync(Figures figures, TimeSpan duration)
    {
        await using var camera = new ReplayedCamera(NumberedPictures.Paint(1 << NumberedPictures.Bits, MjpegScenario.PictureBytes));
        await using var panel = await BenchmarkPanel.StartAsync(camera.Camera);
        var url = panel.Address + "/stream.mjpg";
        var header = "Authorization: Bearer " + await panel.AddTokenAsync("others");
        await using var others = ReaderProcesses.Streams(url, [header, header, header]);
        await others.StartedAsync();
        await Task.Delay(TimeSpan.FromSeconds(3));
        var partBytes = camera.Pictures[0].Length + MjpegScenario.HeaderBytes;
        var without = await SlowestAsync(duration);

        // As little of its own buffers as the kernel lets it have: what waits is then the panel's.
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + panel.Token);
        await using var stream = await http.GetStreamAsync(new Uri(url));
        await stream.ReadExactlyAsync(new byte[FirstBoundaryBytes]);
        var part = new byte[partBytes];
        var last = 0;
        for (var i = 0; i < 60; i++)
        {
            last = await NextAsync();
        }

        await Task.Delay(TimeSpan.FromSeconds(3));
        var waited = 0;
        while (await NextAsync() is var number && number == (last + 1) % camera.Pictures.Count)
        {
            (last, waited) = (number, waited + 1);
        }

        figures.Add("old pictures that wait for a viewer who stopped for 3 s", waited, "pictures", atMost: 2);
        var stopped = Stopwatch.GetTimestamp();
        var with = SlowestAsync(TimeSpan.FromSeconds(7));
        while (panel.Readers > 3 && Stopwatch.GetElapsedTime(stopped) < TimeSpan.FromSeconds(60))
        {
            await Task.Delay(20);
        }

        figures.Add("a viewer who stopped for good is dropped after", Stopwatch.GetElapsedTime(stopped).TotalSeconds, "s", atMost: 10);
        figures.Add("the slowest of the others, before", without, "fps");
        figures.Add("the slowest of the others meanwhile, of that", 100 * await with / without, "%", atLeast: 95);

        async Task<int> NextAsync()
        {
            await stream.ReadExactlyAsync(part);
            return NumberedPictures.NumberOf(part.AsSpan(MjpegScenario.PartHeaderBytes, camera.Pictures[0].Length));
        }

        async Task<double> SlowestAsync(TimeSpan span) => (await others.DuringAsync(span, default, partBytes)).Slowest;
    }
}
