using System.Net.Http.Headers;
using PiCam.Core.Access;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.StartUp;

/// <summary>The whole API of the panel as its owner runs it; the long run tries what is published, too, which has no more of .NET's libraries than it uses.</summary>
public sealed class EveryAddressTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryAddressOfItsDescription_IsAnsweredAndTakesItsExample()
    {
        await using var panel = await PanelProcess.StartAsync(Token);
        await panel.AddOwnerAsync("ana", "correct horse battery", Token);
        using var client = new HttpClient { BaseAddress = new Uri(panel.Address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await panel.AddTokenAsync("boss", Role.Administrator));
        await ApiHost.LiveAsync(client);

        var (whole, named) = await ApiDescription.GetAllAsync(client);
        Assert.InRange(whole, 30, int.MaxValue);
        Assert.InRange(named, 10, int.MaxValue);
        Assert.InRange(await ApiDescription.SendExamplesAsync(client, hasPicture: true, "led", "lamp"), 16, int.MaxValue);
        Assert.Equal((whole, named), await ApiDescription.GetAllAsync(client));
    }
}
