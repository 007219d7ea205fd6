using Bunit;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Layout;
using PiCam.Core.Media;
using PiCam.Tests.Blazor.Live;
using PiCam.Tests.Core.Media;
using Xunit;

namespace PiCam.Tests.Blazor.Layout;

public sealed class StorageBannerTests
{
    [Fact]
    public async Task Render_DiskFillsAndHasRoomAgain_SaysSoAsLongAsItIsSo()
    {
        await using var rig = await LibraryRig.StartAsync();
        await using var context = new PanelContext();
        context.Services.AddSingleton(rig.Storage);
        var banner = context.Render<StorageBanner>();
        Assert.Empty(banner.FindAll("[role=alert]"));

        rig.Files.Room = new MediaRoom(true, 0);
        await Assert.ThrowsAsync<MediaStorageException>(() => rig.AddAsync());
        await banner.WaitForAssertionAsync(
            () => Assert.Contains("disk is full", banner.Find("[role=alert]").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        Assert.Empty(banner.FindAll("button"));

        rig.Files.Room = null;
        await rig.AddAsync();
        await banner.WaitForAssertionAsync(() => Assert.Empty(banner.FindAll("[role=alert]")), TimeSpan.FromSeconds(30));
    }
}
