using Microsoft.Extensions.Hosting;
using PiCam.Core.Access;
using PiCam.Core.Settings;

namespace PiCam.Core.Gimbals.Tours;

/// <summary>The tours of this panel; kept across restarts. <see cref="TourGuide"/> runs them.</summary>
public sealed class TourBook : IHostedService
{
    /// <summary>The longest stay at a stop, in seconds: a day.</summary>
    public const double LongestDwell = 86_400;

    private const string SettingKey = "gimbal.tours";

    private readonly ISettingsStore store;
    private readonly SettingWriter<TourList> writer;
    private readonly Lock gate = new();
    private IReadOnlyList<Tour> tours = [];

    public TourBook(ISettingsStore store)
    {
        this.store = store;
        writer = new SettingWriter<TourList>(store, SettingKey, () => new TourList(All));
    }

    /// <summary><see cref="All"/> changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    /// <summary>In the order in which they were made.</summary>
    public IReadOnlyList<Tour> All
    {
        get
        {
            lock (gate)
            {
                return tours;
            }
        }
    }

    /// <summary>The tour with this id.</summary>
    /// <exception cref="TourMissingException">There is none.</exception>
    public Tour Find(string id) => All.FirstOrDefault(t => t.Id == id) ?? throw new TourMissingException(id);

    /// <summary>Keeps a new tour, or a changed one.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditPresets"/>.</param>
    /// <param name="tour">With an empty id if it is new.</param>
    /// <returns>The tour as it is kept.</returns>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">The name, the stops or a dwell time cannot be used.</exception>
    /// <exception cref="TourMissingException">The id is not empty, and there is no such tour.</exception>
    /// <exception cref="SettingNotStoredException">It is there, but a restart would forget it.</exception>
    public async Task<Tour> SaveAsync(Caller caller, Tour tour)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(tour);
        caller.Demand(Permission.EditPresets);
        var kept = Checked(tour);
        lock (gate)
        {
            if (kept.Id.Length == 0)
            {
                kept = kept with { Id = Guid.NewGuid().ToString("n") };
                tours = [.. tours, kept];
            }
            else
            {
                Find(kept.Id);
                tours = [.. tours.Select(t => t.Id == kept.Id ? kept : t)];
            }
        }

        await ChangedAsync().ConfigureAwait(false);
        return kept;
    }

    /// <summary>Removes a tour; saving it again with an empty id brings it back.</summary>
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
        Tour removed;
        lock (gate)
        {
            removed = Find(id);
            tours = [.. tours.Where(t => t.Id != id)];
        }

        await ChangedAsync().ConfigureAwait(false);
        return removed;
    }

    /// <summary>Takes over what was stored.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await store.LoadAsync<TourList>(SettingKey, cancellationToken).ConfigureAwait(false) is { Tours: { } stored })
        {
            lock (gate)
            {
                tours = stored;
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static Tour Checked(Tour tour)
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

        errors.AddRange((tour.Stops ?? []).Where(s => !(s.Dwell is >= 0 and <= LongestDwell)).Select(s => new InvalidValue(
            "dwell", string.Create(null, $"{s.Dwell} s"), Allowed.Range("0 s", string.Create(null, $"{LongestDwell} s")))));
        return errors.Count == 0 ? tour with { Name = name } : throw new InvalidValueException(errors);
    }

    private Task ChangedAsync()
    {
        Changed?.Invoke();
        return writer.WriteAsync();
    }
}
