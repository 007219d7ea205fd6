using Bunit;
using PiCam.Blazor.Library;
using PiCam.Core.Media;
using PiCam.Tests.Blazor.Live;
using Xunit;

namespace PiCam.Tests.Blazor.Library;

public sealed class LibraryFilterTests
{
    private static readonly DateOnly Day = new(2026, 6, 14);

    private readonly LibraryAddress bursts = new() { Text = "sift-", Kind = MediaKind.Burst };
    private readonly List<LibraryAddress> asked = [];

    [Fact]
    public async Task Changes_FasterThanThePageFollows_BuildOnEachOther()
    {
        await using var context = new PanelContext();
        var filter = Render(context, bursts);

        await filter.ChangeAsync("select", "");
        await filter.ChangeAsync("[type=date]:last-of-type", "2026-06-14");
        Show(filter, asked[0]);
        await filter.ChangeAsync("[type=search]", "fox");

        Assert.Equal(
            [new() { Text = "sift-" }, new() { Text = "sift-", From = Day }, new() { Text = "fox", From = Day }],
            asked);
        Show(filter, asked[2]);
        Assert.Equal(("fox", ""), (filter.Find("[type=search]").GetAttribute("value"), filter.Find("select").GetAttribute("value")));
    }

    [Fact]
    public async Task Change_AfterThePageWentElsewhere_BuildsOnWhatIsShown()
    {
        await using var context = new PanelContext();
        var filter = Render(context, bursts);
        await filter.ChangeAsync("select", "");

        Show(filter, new LibraryAddress { Preset = "door", Item = "7" });
        await filter.ChangeAsync("[type=search]", "fox");

        Assert.Equal(new() { Preset = "door", Text = "fox" }, asked[^1]);
    }

    private static void Show(IRenderedComponent<LibraryFilter> filter, LibraryAddress address) =>
        filter.Render(p => p.Add(c => c.Address, address));

    private IRenderedComponent<LibraryFilter> Render(PanelContext context, LibraryAddress address) =>
        context.Render<LibraryFilter>(p => p.Add(c => c.Address, address).Add(c => c.Changed, asked.Add));
}
