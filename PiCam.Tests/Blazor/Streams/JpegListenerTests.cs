using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PiCam.Blazor.StartUp;
using PiCam.Blazor.Streams;
using PiCam.Core.Access;
using PiCam.Core.Privacy;
using PiCam.Core.Viewing;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Streams;

public sealed class JpegListenerTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncDisposable
{
    private JpegListener? listener;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Viewers Viewers => host.Services.GetRequiredService<Viewers>();

    public async ValueTask DisposeAsync()
    {
        if (listener is not null)
        {
            await listener.StopAsync(CancellationToken.None);
            listener.Dispose();
        }

        await Eventually.TrueAsync(() => host.Session.Frames.Subscribers == 0, "nobody watches", Token);
    }

    [Fact]
    public async Task Reader_Connected_GetsOneJpegAfterTheOtherUntilTheCameraIsOff()
    {
        await ListenAsync("127.0.0.1:0");
        using var reader = await ConnectAsync();
        await Eventually.TrueAsync(() => Viewers.Now.Any(viewer => viewer.Name == "127.0.0.1"), "it is seen among those who watch", Token);
        await Eventually.TrueAsync(() => host.Session.Frames.Subscribers == 1, "it watches", Token);
        byte[][] pictures = [LibraryRig.Jpeg(64, 48), LibraryRig.Jpeg(48, 64), LibraryRig.Jpeg(32, 32)];

        foreach (var picture in pictures)
        {
            await host.PublishAsync(picture);
            var got = new byte[picture.Length];
            await reader.GetStream().ReadExactlyAsync(got, Token);
            Assert.Equal(picture, got);
        }

        var privacy = host.Services.GetRequiredService<PrivacySwitch>();
        await privacy.SetAsync(Caller.System, true);
        try
        {
            Assert.Equal(0, await reader.GetStream().ReadAsync(new byte[1], Token));
            await Eventually.TrueAsync(() => Viewers.Now.Count == 0, "nobody watches", Token);
        }
        finally
        {
            await privacy.SetAsync(Caller.System, false);
            await host.GoLiveAsync(Token);
        }
    }

    [Fact]
    public async Task Reader_OneTooMany_IsRefusedUntilAnotherGoes()
    {
        await ListenAsync("127.0.0.1:0");
        var readers = new List<TcpClient>();
        for (var number = 0; number < JpegListener.MostReaders; number++)
        {
            readers.Add(await ConnectAsync());
        }

        await Eventually.TrueAsync(() => host.Session.Frames.Subscribers == JpegListener.MostReaders, "all of them watch", Token);
        using (var refused = await ConnectAsync())
        {
            Assert.Equal(0, await refused.GetStream().ReadAsync(new byte[1], Token));
        }

        readers[0].Dispose();
        await Eventually.TrueAsync(() => host.Session.Frames.Subscribers == JpegListener.MostReaders - 1, "one has gone", Token);
        using var next = await ConnectAsync();
        await Eventually.TrueAsync(() => host.Session.Frames.Subscribers == JpegListener.MostReaders, "the next one watches", Token);
        readers.ForEach(reader => reader.Dispose());
    }

    [Fact]
    public async Task Listener_NothingSaid_IsNowhere()
    {
        await ListenAsync(null);

        Assert.Null(listener!.Address);
    }

    [Theory]
    [InlineData("8000")]
    [InlineData("127.0.0.1")]
    [InlineData("cam.lan:8000")]
    [InlineData("127.0.0.1:70000")]
    public void Place_NobodyCanListenOn_IsRefusedByName(string place)
    {
        var result = new StreamOptionsValidator().Validate(null, new StreamOptions { Listen = place });

        Assert.Contains($"Stream:Listen is '{place}'; allowed is an IP address with a port", Assert.Single(result.Failures!), StringComparison.Ordinal);
        Assert.True(new StreamOptionsValidator().Validate(null, new StreamOptions { Listen = "[::1]:8000" }).Succeeded);
    }

    [Fact]
    public async Task Place_Taken_StopsTheStartWithItsName()
    {
        using var other = new TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var place = other.LocalEndpoint.ToString()!;

        var refused = await Assert.ThrowsAsync<StartUpException>(() => ListenAsync(place));

        Assert.Contains($"Stream:Listen is '{place}', where the panel cannot listen", refused.Message, StringComparison.Ordinal);

        // A restart waits for it.
        Assert.True(StartUpFailure.IsAddressInUse(refused));
    }

    private async Task ListenAsync(string? place)
    {
        listener = new JpegListener(
            host.Session, Viewers, Options.Create(new StreamOptions { Listen = place }), TimeProvider.System, NullLogger<JpegListener>.Instance);
        await listener.StartAsync(Token);
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(listener!.Address!, Token);
        return client;
    }
}
