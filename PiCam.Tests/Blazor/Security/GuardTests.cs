using System.Net;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

public sealed class GuardTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Host_ForeignName_Is400AndSaysTheSetting()
    {
        await using var panel = await StartWithOwnerAsync();
        using var client = panel.CreateClient();
        client.DefaultRequestHeaders.Host = "evil.example";
        using var answer = await client.GetAsync("/sign-in", Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Network:AllowedHosts", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/_blazor/negotiate?negotiateVersion=1")]
    [InlineData("/_blazor")]
    [InlineData("/sign-out")]
    public async Task Origin_Foreign_Is403(string path)
    {
        await using var panel = await StartWithOwnerAsync();
        using var client = panel.CreateClient();
        client.DefaultRequestHeaders.Add("Origin", "http://evil.example");
        using var answer = await client.PostAsync(path, content: null, Token);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static async Task<PanelHost> StartWithOwnerAsync()
    {
        var panel = await PanelHost.StartAsync(Token);
        await panel.AddUserAsync("ana", "a long password", Role.Administrator, Token);
        return panel;
    }
}
