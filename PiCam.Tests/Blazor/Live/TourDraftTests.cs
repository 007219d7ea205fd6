using PiCam.Blazor.Live.Presets;
using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Gimbals.Tours;
using Xunit;

namespace PiCam.Tests.Blazor.Live;

public sealed class TourDraftTests
{
    private static readonly Preset A = new("a", "A", default, null);
    private static readonly Preset B = new("b", "B", default, null);
    private static readonly Preset C = new("c", "C", default, null);

    [Fact]
    public void Draft_TourWithAStopTwice_IsSavedAsItWas()
    {
        var tour = new Tour("t", "T", [new("b", 5), new("a", 5), new("b", 20)], true);

        var draft = new TourDraft(tour, [A, B, C]);

        Assert.Equal([("B", true), ("A", true), ("B", true), ("C", false)], draft.Stops.Select(s => (s.Name, s.Chosen)));
        Assert.Equal(tour.Stops, draft.ToTour().Stops);
    }

    [Fact]
    public void Draft_PresetGone_IsLeftOut()
    {
        var draft = new TourDraft(new Tour("t", "T", [new("gone", 5), new("a", 7)], true), [A, B]);

        Assert.Equal([new TourStop("a", 7)], draft.ToTour().Stops);
    }

    [Fact]
    public void Draft_NewTour_GoesToEveryPreset() =>
        Assert.Equal(["a", "b"], new TourDraft(null, [A, B]).ToTour().Stops.Select(s => s.PresetId));
}
