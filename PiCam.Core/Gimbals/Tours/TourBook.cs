using Microsoft.Extensions.Hosting;
using PiCam.Core.Access;
using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Settings;

namespace PiCam.Core.Gimbals.Tours;

/// <summary>The tours of this panel; kept across restarts. <see cref="TourGuide"/> runs them.</summary>
public sealed class TourBook : IHostedService
{
    /// <summary>The longest stay at a stop, in seconds: a day.</summary>
    public const double LongestDwell = 86_400;

    private const string SettingKey = "gimbal.tours";

    private readonly PresetBook presets;
    private readonly StoredList<Tour, TourList> tours;

    public TourBook(PresetBook presets, ISettingsStore store)
    {
        this.presets = presets;
        tours = new(store, SettingKey, all => new TourList(all), stored => stored.Tours);
    }

    /// <summary><see cref="All"/> changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed
    {
        add => tours.Changed += value;
        remove => tours.Changed -= value;
    }

    /// <summary>In the order in which they were made.</summary>
    public IReadOnlyList<Tour> All => tours.All;

    /// <summary>The tour with this id.</summary>
    /// <exception cref="TourMissingException">There is none.</exception>
    public Tour Find(string id) => Find(All, id);

    /// <summary>Keeps a new tour, or a changed one.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditPresets"/>.</param>
    /// <param name="tour">With an empty id if it is new.</param>
    /// <returns>The tour as it is kept.</returns>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">
    /// The name, the stops or a dwell time cannot be used. A stop's preset must be there; one that went after the tour was made may stay.
    /// </exception>
    /// <exception cref="TourMissingException">The id is not empty, and there is no such tour.</exception>
    /// <exception cref="SettingNotStoredException">It is there, but a restart would forget it.</exception>
    public async Task<Tour> SaveAsync(Caller caller, Tour tour)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(tour);
        caller.Demand(Permission.EditPresets);
        var kept = Checked(tour);
        await tours.ChangeAsync(all =>
        {
            if (kept.Id.Length == 0)
            {
                kept = kept with { Id = Guid.NewGuid().ToString("n") };
                return [.. all, kept];
            }

            Find(all, kept.Id);
            return [.. all.Select(t => t.Id == kept.Id ? kept : t)];
        }).ConfigureAwait(false);
        return kept;
    }

    /// <summary>Removes a tour; <see cref="RestoreAsync"/> brings it back.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditPresets"/>.</param>
    /// <param name="id">The tour's.</param>
    /// <returns>What was removed.</returns>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="TourMissingException">There is no such tour.</exception>
    /// <exception cref="SettingNotStoredException">It is gone, but a restart would bring it back.</exception>
    public async Task<Tour> RemoveAsync(Caller caller, string id)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.EditPresets);
        Tour? removed = null;
        await tours.ChangeAsync(all =>
        {
            removed = Find(all, id);
            return [.. all.Where(t => t.Id != id)];
        }).ConfigureAwait(false);
        return removed!;
    }

    /// <summary>Brings a removed tour back as it was, whatever became of its presets meanwhile; behind the others.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditPresets"/>.</param>
    /// <param name="removed">From <see cref="RemoveAsync"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="SettingNotStoredException">It is back, but a restart would forget it.</exception>
    public async Task RestoreAsync(Caller caller, Tour removed)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(removed);
        caller.Demand(Permission.EditPresets);
        await tours.ChangeAsync(all => [.. all.Where(t => t.Id != removed.Id), removed]).ConfigureAwait(false);
    }

    /// <summary>Takes over what was stored.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => tours.LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static Tour Find(IReadOnlyList<Tour> all, string id) => all.FirstOrDefault(t => t.Id == id) ?? throw new TourMissingException(id);

    private Tour Checked(Tour tour)
    {
        var errors = new List<InvalidValue>();
        var (name, nameless) = GivenName.Check(tour.Name);
        if (nameless is not null)
        {
            errors.Add(nameless);
        }

        if (tour.Stops is not { Count: > 0 })
        {
            errors.Add(new("stops", "none", Allowed.OneOrMore));
        }

        var known = presets.All.Select(p => p.Id)
            .Concat(All.FirstOrDefault(t => t.Id == tour.Id)?.Stops.Select(s => s.PresetId) ?? []).ToHashSet();
        errors.AddRange((tour.Stops ?? []).Where(s => !known.Contains(s.PresetId))
            .Select(s => new InvalidValue("presetId", $"\"{s.PresetId}\"", Allowed.APreset)).Distinct());
        errors.AddRange((tour.Stops ?? []).Where(s => !(s.Dwell is >= 0 and <= LongestDwell)).Select(s => new InvalidValue(
            "dwell", string.Create(null, $"{s.Dwell} s"), Allowed.Range("0 s", string.Create(null, $"{LongestDwell} s")))));
        return errors.Count == 0 ? tour with { Name = name } : throw new InvalidValueException(errors);
    }
}
