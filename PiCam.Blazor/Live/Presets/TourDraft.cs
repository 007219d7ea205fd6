using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Gimbals.Tours;

namespace PiCam.Blazor.Live.Presets;

/// <summary>A tour while a person puts it together: every preset, chosen or not.</summary>
internal sealed class TourDraft
{
    private const double UsualDwell = 10;

    /// <param name="tour">Null: a new one, over all presets.</param>
    /// <param name="presets">In order.</param>
    public TourDraft(Tour? tour, IReadOnlyList<Preset> presets)
    {
        Id = tour?.Id ?? "";
        Name = tour?.Name ?? "";
        Repeats = tour?.Repeats ?? true;

        // What the tour has comes first, in its own order.
        var places = tour?.Stops.Select(s => s.PresetId).ToList() ?? [];
        Stops = [.. presets
            .OrderBy(p => places.IndexOf(p.Id) is >= 0 and var place ? place : int.MaxValue)
            .Select(p => new TourDraftStop(p.Id, p.Name)
            {
                Chosen = tour is null || places.Contains(p.Id),
                Dwell = tour?.Stops.FirstOrDefault(s => s.PresetId == p.Id)?.Dwell ?? UsualDwell,
            })];
    }

    public string Id { get; }

    public string Name { get; set; }

    public bool Repeats { get; set; }

    public IReadOnlyList<TourDraftStop> Stops { get; }

    public Tour ToTour() => new(Id, Name, [.. Stops.Where(s => s.Chosen).Select(s => new TourStop(s.PresetId, s.Dwell))], Repeats);
}
