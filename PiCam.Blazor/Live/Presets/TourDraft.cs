using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Gimbals.Tours;

namespace PiCam.Blazor.Live.Presets;

/// <summary>A tour while a person puts it together: its stops, and the presets that are none yet, chosen or not.</summary>
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

        // What the tour has comes first, as it has it: a preset may be in it more than once, or be gone by now.
        var names = presets.ToDictionary(p => p.Id, p => p.Name);
        var stops = tour?.Stops ?? [];
        Stops =
        [
            .. stops.Where(s => names.ContainsKey(s.PresetId))
                .Select(s => new TourDraftStop(s.PresetId, names[s.PresetId]) { Chosen = true, Dwell = s.Dwell }),
            .. presets.Where(p => stops.All(s => s.PresetId != p.Id))
                .Select(p => new TourDraftStop(p.Id, p.Name) { Chosen = tour is null, Dwell = UsualDwell }),
        ];
    }

    public string Id { get; }

    public string Name { get; set; }

    public bool Repeats { get; set; }

    public IReadOnlyList<TourDraftStop> Stops { get; }

    public Tour ToTour() => new(Id, Name, [.. Stops.Where(s => s.Chosen).Select(s => new TourStop(s.PresetId, s.Dwell))], Repeats);
}
