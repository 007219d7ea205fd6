using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Gimbals.Tours;
using PiCam.Tests.Fixtures;
using Xunit;
using TourList = PiCam.Blazor.Live.Presets.TourList;

namespace PiCam.Tests.Blazor.Live;

public sealed class TourListTests
{
    [Fact]
    public async Task Button_OfATour_SaysWhetherItStartsOrStopsIt()
    {
        await using var context = new PanelContext();
        var presets = new PresetBook(context.Gimbal, context.Session, context.Store);
        var tours = new TourBook(presets, context.Store);
        using var guide = new TourGuide(context.Gimbal, presets, tours, context.People, context.Time, NullLogger<TourGuide>.Instance);
        context.Services.AddSingleton(presets);
        context.Services.AddSingleton(tours);
        context.Services.AddSingleton(guide);
        var preset = await presets.SetAsync(Callers.Operator, "Door", withLook: false, Xunit.TestContext.Current.CancellationToken);
        await tours.SaveAsync(Callers.Operator, new Tour("", "Round", [new(preset.Id, 3600), new(preset.Id, 3600)], Repeats: true));
        var list = context.Render<TourList>(p => p.Add(c => c.Caller, Callers.Operator));
        Assert.Equal("Start Round 2 stops", Name(list));

        await list.ClickAsync(".play");
        await list.WaitForAssertionAsync(() => Assert.Equal("Stop Round stop 1 of 2", Name(list)), TimeSpan.FromSeconds(30));

        await list.ClickAsync(".play");
        await list.WaitForAssertionAsync(() => Assert.Equal("Start Round 2 stops", Name(list)), TimeSpan.FromSeconds(30));
        await guide.StopAsync(CancellationToken.None);
    }

    /// <summary>What a screen reader says of the tour's button: its texts, one after the other.</summary>
    private static string Name(IRenderedComponent<TourList> list) =>
        string.Join(' ', list.FindAll(".play > span").Select(s => s.TextContent.Trim()));
}
