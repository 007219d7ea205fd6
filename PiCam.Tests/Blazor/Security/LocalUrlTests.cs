using PiCam.Blazor.Security;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

public sealed class LocalUrlTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/setup?code=7", "/setup?code=7")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public void OrHome_Url_StaysInside(string? url, string expected) => Assert.Equal(expected, LocalUrl.OrHome(url));
}
