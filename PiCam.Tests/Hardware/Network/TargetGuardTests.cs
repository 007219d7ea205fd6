using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using PiCam.Hardware.Network;
using Xunit;

namespace PiCam.Tests.Hardware.Network;

public sealed class TargetGuardTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("192.168.1.20")]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.3.4")]
    [InlineData("203.0.113.7")]
    [InlineData("fd00::7")]
    [InlineData("2001:db8::1")]
    public async Task CheckAsync_LanOrPublicAddress_IsGivenBack(string address) =>
        Assert.Equal(IPAddress.Parse(address), await Guard([]).CheckAsync(address, 554, Token));

    [Theory]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("127.8.9.1", "loopback")]
    [InlineData("0.0.0.0", "unspecified")]
    [InlineData("0.1.2.3", "unspecified")]
    [InlineData("169.254.169.254", "link-local")]
    [InlineData("224.0.0.1", "multicast")]
    [InlineData("255.255.255.255", "reserved or broadcast")]
    [InlineData("::1", "loopback")]
    [InlineData("::", "unspecified")]
    [InlineData("fe80::1", "link-local")]
    [InlineData("ff02::1", "multicast")]
    [InlineData("::ffff:127.0.0.1", "loopback")]
    [InlineData("::127.0.0.1", "loopback")]
    [InlineData("64:ff9b::7f00:1", "loopback")]
    [InlineData("2002:7f00:1::", "loopback")]
    [InlineData("::ffff:169.254.169.254", "link-local")]
    public async Task CheckAsync_InsideAddress_IsRefusedByKind(string address, string kind)
    {
        var literal = await RefusedAsync(Guard([]), address);
        var named = await RefusedAsync(Guard([], address), "cam.example");

        Assert.Contains($"is a {kind} address, which is refused unless Network:AllowedTargets lists it", literal, StringComparison.Ordinal);
        Assert.StartsWith("cam.example (", named, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.1")]
    [InlineData("017700000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.1")]
    [InlineData("3232235777")]
    [InlineData("192.168.001.001")]
    [InlineData("192.168.1.1.")]
    [InlineData("cam.example.0x7f")]
    [InlineData("fe80::1%eth0")]
    [InlineData("１２７.0.0.1")]
    [InlineData("")]
    [InlineData("-cam")]
    [InlineData("a b")]
    public async Task CheckAsync_AnythingButANameOrAPlainAddress_IsRefusedWithoutLookingItUp(string host)
    {
        var guard = new TargetGuard(["127.0.0.0/8", "::1"], static (_, _) => throw new InvalidOperationException("Looked up."));

        Assert.EndsWith("is neither a host name nor a plain IP address", await RefusedAsync(guard, host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_OneBadAddressAmongGoodOnes_IsRefused() =>
        Assert.StartsWith("cam.example (127.0.0.1) is a loopback", await RefusedAsync(Guard([], "192.168.1.2", "127.0.0.1"), "cam.example"), StringComparison.Ordinal);

    [Fact]
    public async Task CheckAsync_UnknownName_SaysSo()
    {
        var guard = new TargetGuard([], static (_, _) => throw new SocketException((int)SocketError.HostNotFound));

        Assert.StartsWith("cam.example is not found: ", await RefusedAsync(guard, "cam.example"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", 554, true)]
    [InlineData("127.0.0.1:554", "127.0.0.1", 554, true)]
    [InlineData("127.0.0.1:8554", "127.0.0.1", 554, false)]
    [InlineData("127.0.0.0/8", "127.3.4.5", 80, true)]
    [InlineData("127.0.0.0/8:81", "127.3.4.5", 80, false)]
    [InlineData("::1", "::1", 80, true)]
    [InlineData("[::1]:80", "::1", 80, true)]
    [InlineData("[::1]:81", "::1", 80, false)]
    [InlineData("fe80::/10", "fe80::5", 80, true)]
    [InlineData("LocalHost", "localhost", 80, true)]
    [InlineData("localhost:80", "localhost", 80, true)]
    [InlineData("other", "localhost", 80, false)]
    [InlineData("169.254.0.0/16", "127.0.0.1", 80, false)]
    public async Task CheckAsync_AllowedTargets_OpenExactlyWhatTheyName(string entry, string host, int port, bool isAllowed)
    {
        Assert.True(Validate(entry).Succeeded);
        var check = Guard([entry], "127.0.0.1").CheckAsync(host, port, Token);

        if (isAllowed)
        {
            Assert.NotNull(await check);
        }
        else
        {
            await Assert.ThrowsAsync<TargetRefusedException>(() => check);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://cam")]
    [InlineData("cam:0")]
    [InlineData("cam:70000")]
    [InlineData("cam:x")]
    [InlineData("[::1")]
    [InlineData("[::1]x")]
    [InlineData("10.0.0.0/33")]
    [InlineData("2130706433")]
    [InlineData("a b")]
    public void Validate_NotATarget_NamesKeyValueAndWhatIsAllowed(string entry) =>
        Assert.Contains($"Network:AllowedTargets:0 is '{entry}'; allowed are ", Assert.Single(Validate(entry).Failures!), StringComparison.Ordinal);

    private static ValidateOptionsResult Validate(string entry) =>
        new TargetOptionsValidator().Validate(null, new TargetOptions { AllowedTargets = [entry] });

    private static TargetGuard Guard(string[] allowed, params string[] addresses) =>
        new(allowed, (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()));

    private static async Task<string> RefusedAsync(TargetGuard guard, string host) =>
        (await Assert.ThrowsAsync<TargetRefusedException>(() => guard.CheckAsync(host, 554, Token))).Message;
}
