using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using PiCam.Blazor.Security;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

public sealed class ConnectionLimitTests
{
    private readonly TaskCompletionSource leave = new();
    private readonly ConnectionDelegate wrapped;
    private int served;

    public ConnectionLimitTests() => wrapped = new ConnectionLimit(
        new OpenLimit(), new KnownProxies(Options.Create(new NetworkOptions { KnownProxies = ["10.0.0.9"] }))).Wrap(_ =>
    {
        served++;
        return leave.Task;
    });

    [Fact]
    public async Task S15_OneNetwork_TakesAPartOfTheConnections_AndOthersComeIn()
    {
        var open = Enumerable.Range(0, ConnectionLimit.Most).Select(_ => wrapped(Connection("203.0.113.7"))).ToList();
        Assert.Equal(ConnectionLimit.Most, served);

        var refused = Connection("203.0.113.7");
        await wrapped(refused);
        await Eventually.TrueAsync(
            () => refused.ConnectionClosed.IsCancellationRequested, "one more is closed", TestContext.Current.CancellationToken);
        Assert.Equal(ConnectionLimit.Most, served);

        open.Add(wrapped(Connection("203.0.113.8")));
        open.Add(wrapped(Connection("2001:db8::1")));
        Assert.Equal(ConnectionLimit.Most + 2, served);

        // Those that have gone leave room.
        leave.SetResult();
        await Task.WhenAll(open);
        await wrapped(Connection("203.0.113.7"));
        Assert.Equal(ConnectionLimit.Most + 3, served);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("10.0.0.9")]
    public void WhoSpeaksForMany_IsNotCounted(string address)
    {
        for (var i = 0; i < ConnectionLimit.Most + 1; i++)
        {
            _ = wrapped(Connection(address));
        }

        Assert.Equal(ConnectionLimit.Most + 1, served);
    }

    [Fact]
    public async Task S15_OneNetworkOfIPv6_IsOne()
    {
        for (var i = 0; i < ConnectionLimit.Most; i++)
        {
            _ = wrapped(Connection($"2001:db8::{i:x}"));
        }

        await wrapped(Connection("2001:db8::ffff"));
        Assert.Equal(ConnectionLimit.Most, served);
    }

    private static DefaultConnectionContext Connection(string address) =>
        new() { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 1234) };
}
