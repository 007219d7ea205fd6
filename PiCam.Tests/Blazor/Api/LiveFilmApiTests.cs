using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Security;
using PiCam.Blazor.Streams;
using PiCam.Core.Access;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

/// <summary>GET /stream.mp4, by the real ffmpeg.</summary>
public sealed class LiveFilmApiTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncDisposable
{
    private const string Path = "/stream.mp4";

    private int sent;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The next test counts who watches.
    public async ValueTask DisposeAsync() => await Eventually.TrueAsync(() => host.Session.Frames.Subscribers == 0, "nobody watches", Token);

    [Fact]
    public async Task Film_WatchedForAWhile_HasTheFramesAsTheyCame()
    {
        var tokens = host.Services.GetRequiredService<Tokens>();
        using var client = host.Client(await tokens.AddAsync(Caller.System, "film", Role.Viewer, Token));
        using var response = await OpenAsync(client);
        Assert.Equal("video/mp4", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        using var film = new MemoryStream();
        var reading = body.CopyToAsync(film, Token);

        // Whoever watches sees a frame as soon as the next one is there.
        for (var number = 1; number <= 20; number++)
        {
            await PublishAsync(number);
        }

        await Eventually.TrueAsync(() => Task.FromResult(Fragments(film) >= 15), "the frames are there", TimeSpan.FromSeconds(60), Token);
        await tokens.RevokeAsync(Caller.System, "film", Token);
        await reading.WaitAsync(TimeSpan.FromSeconds(60), Token);

        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["film.mp4"], film.ToArray(), Token);
        var probe = await FilmProbe.ReadAsync(folder["film.mp4"]);
        var size = host.Camera.Capabilities.Size;
        Assert.Equal(("h264", size.Width, size.Height), (probe.Codec, probe.Width, probe.Height));
        Assert.InRange(probe.Frames, 15, sent);
    }

    [Fact]
    public async Task Film_HeadOnly_SaysWhatItIsAndTakesNoEncoder()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, Path);
        using var response = await host.Viewer.SendAsync(request, Token);
        Assert.Equal((200, "video/mp4"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal(0, host.Session.Frames.Subscribers);
    }

    [Fact]
    public async Task Film_ForMoreThanTheMachineTakes_IsRefusedAndSaysWhatElseThereIs()
    {
        using var first = await OpenAsync(host.Viewer);
        using var second = await OpenAsync(host.Viewer);

        await PublishAsync(3);
        var problem = await ApiHost.ProblemAsync(503, host.Viewer, "GET", Path);

        Assert.Contains("/stream.mjpg", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(401, (await ApiHost.CallAsync(host.Anonymous, "GET", Path)).Status);
    }

    /// <summary>R17: others may have its encoder.</summary>
    [Fact]
    public async Task Film_WhoseReaderTakesNothing_EndsAndItsEncoderIsFree()
    {
        using var one = await OpenAsync(host.Viewer);
        using var other = await OpenAsync(host.Viewer);
        var size = host.Camera.Capabilities.Size;
        var random = new Random(3);
        using var noise = new SKBitmap(size.Width, size.Height);
        var begun = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync(
            async () =>
            {
                random.NextBytes(noise.GetPixelSpan());
                noise.NotifyPixelsChanged();
                using var jpeg = noise.Encode(SKEncodedImageFormat.Jpeg, 90);
                await host.PublishAsync(jpeg.ToArray());
                return host.Session.Frames.Subscribers == 0;
            },
            "nobody watches any more; after half a minute the encoder, which waits, would be taken for hung",
            TimeSpan.FromSeconds(29),
            Token);

        Assert.True(TimeProvider.System.GetElapsedTime(begun) >= SlowReader.Patience);

        // And is told so, instead of being waited for until it takes the rest.
        foreach (var film in new[] { one, other })
        {
            await using var rest = await film.Content.ReadAsStreamAsync(Token);
            await Assert.ThrowsAnyAsync<IOException>(() => rest.CopyToAsync(Stream.Null, Token).WaitAsync(TimeSpan.FromSeconds(60), Token));
        }

        using var next = await OpenAsync(host.Viewer);
        Assert.Equal(200, (int)next.StatusCode);
    }

    private async Task<HttpResponseMessage> OpenAsync(HttpClient client)
    {
        var before = host.Session.Frames.Subscribers;
        var opening = client.GetAsync(new Uri(Path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Token);
        await Eventually.TrueAsync(() => host.Session.Frames.Subscribers > before, "somebody watches", Token);
        for (var number = 0; !opening.IsCompleted; number++)
        {
            await PublishAsync(number);
            await Task.Delay(20, Token);
        }

        return await opening;
    }

    private Task PublishAsync(int number)
    {
        sent++;
        var size = host.Camera.Capabilities.Size;
        return host.PublishAsync(LibraryRig.Jpeg(size.Width, size.Height, new SKColor((byte)(number * 10), 90, 120)));
    }

    private static int Fragments(MemoryStream film)
    {
        ReadOnlySpan<byte> bytes = film.ToArray();
        var count = 0;
        for (int at; (at = bytes.IndexOf("moof"u8)) >= 0; bytes = bytes[(at + 4)..])
        {
            count++;
        }

        return count;
    }
}
