using PiCam.Blazor.Security;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

public sealed class HostNamesTests
{
    private readonly HostNames names = new("porch", ["cam.example.org"]);

    [Theory]
    [InlineData("192.168.1.20")]
    [InlineData("[fe80::1]")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("porch")]
    [InlineData("porch.local")]
    [InlineData("porch.local.")]
    [InlineData("porch.lan")]
    [InlineData("porch.home")]
    [InlineData("porch.home.arpa")]
    [InlineData("porch.internal")]
    [InlineData("porch.fritz.box")]
    [InlineData("cam.example.org")]
    public void Allows_OwnName_True(string host) => Assert.True(names.Allows(host));

    [Theory]
    [InlineData("")]
    [InlineData("evil.example")]
    [InlineData("porch.evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("192.168.1.20.evil.example")]
    [InlineData("other.local")]
    [InlineData("[evil]")]
    public void Allows_ForeignName_False(string host) => Assert.False(names.Allows(host));
}
