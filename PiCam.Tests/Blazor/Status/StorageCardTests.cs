using Bunit;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Status;
using PiCam.Core.Access;
using PiCam.Core.Media;
using PiCam.Tests.Blazor.Live;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Status;

public sealed class StorageCardTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PanelContext context = new();
    private LibraryRig? rig;
    private MediaRetention? retention;

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        retention?.Dispose();
        if (rig is not null)
        {
            await rig.DisposeAsync();
        }
    }

    [Fact]
    public async Task Render_WithPictures_ShowsWhatTakesTheRoomAndForHowLongThereIsSome()
    {
        await StartAsync();
        await AddAsync(MediaKind.Still, days: 1, bytes: 30_000_000);
        await AddAsync(MediaKind.Recording, days: 0, bytes: 40_000_000);
        rig!.Files.Room = new MediaRoom(true, 1_004_194_304);
        await rig.Storage.StartAsync(CancellationToken.None);

        var card = await RenderAsync(Callers.Viewer);

        Assert.Contains("35 MB a day, there is room for about 28 days", card.Find(".forecast").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Photo 1 · 30 MB", "Recording 1 · 40 MB"], card.FindAll(".legend li").Select(line => line.TextContent.Trim()));
        var columns = card.FindAll(".chart > span");
        Assert.Equal((30, "height:75%", "height:100%"), (columns.Count, columns[28].QuerySelector("i")!.GetAttribute("style"), columns[29].QuerySelector("i")!.GetAttribute("style")));
        Assert.Empty(card.FindAll("select"));
    }

    [Fact]
    public async Task Rule_ThatLetsSomethingGo_IsInForceOnlyAfterAQuestion()
    {
        await StartAsync();
        await AddAsync(MediaKind.Still, days: 40, bytes: 30_000_000);
        var card = await RenderAsync(Callers.Administrator);

        await ChooseAsync(card, "Photo: keep", "30");
        Assert.Contains("By this, 1 pictures and films (30 MB) go", card.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(retention!.Rules.KeepDays);
        await card.ClickAsync(".loss button");
        Assert.Empty(card.FindAll("[role=alert]"));
        Assert.Empty(retention.Rules.KeepDays);

        await ChooseAsync(card, "Photo: keep", "30");
        await card.ActAsync(() => card.FindAll(".loss button")[1], element => element.ClickAsync(new()));
        Assert.Equal(30, retention.Rules.KeepDays[MediaKind.Still]);
    }

    [Fact]
    public async Task Rule_ThatLetsNothingGo_IsInForceAtOnce()
    {
        await StartAsync();
        var card = await RenderAsync(Callers.Administrator);

        await ChooseAsync(card, "Use at most", "5000");
        await ChooseAsync(card, "Recording: keep", "14");
        Assert.Equal((5000, 14), (retention!.Rules.QuotaMegabytes, retention.Rules.KeepDays[MediaKind.Recording]));
        await ChooseAsync(card, "Use at most", "0");
        await ChooseAsync(card, "Recording: keep", "0");
        Assert.Equal((null, 0), (retention.Rules.QuotaMegabytes, retention.Rules.KeepDays.Count));
        Assert.Empty(card.FindAll("[role=alert]"));
    }

    private async Task StartAsync()
    {
        rig = await LibraryRig.StartAsync(time: context.Time);
        retention = rig.Retention();
        context.Services.AddSingleton(rig.Library);
        context.Services.AddSingleton(rig.Storage);
        context.Services.AddSingleton(retention);
    }

    private async Task AddAsync(MediaKind kind, int days, long bytes)
    {
        var item = await rig!.AddAsync(new NewMedia(kind, $"{kind} {days}") { TakenAt = context.Time.GetUtcNow().AddDays(-days) });
        await rig.Index.ResizeAsync(item.Id, bytes);
    }

    private async Task<IRenderedComponent<StorageCard>> RenderAsync(Caller caller)
    {
        var card = context.Render<StorageCard>(p => p.Add(c => c.Caller, caller));
        await card.WaitForElementAsync(".forecast", Patience);
        return card;
    }

    private static Task ChooseAsync(IRenderedComponent<StorageCard> card, string name, string value) =>
        card.ActAsync(() => card.Find($"select[aria-label='{name}']"), element => element.ChangeAsync(new() { Value = value }));
}
