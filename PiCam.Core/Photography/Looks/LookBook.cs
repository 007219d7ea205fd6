using Microsoft.Extensions.Hosting;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Settings;

namespace PiCam.Core.Photography.Looks;

/// <summary>The looks of this panel: those that came with it, and people's own, which are kept across restarts.</summary>
public sealed class LookBook : IHostedService
{
    /// <summary>How many looks of their own people can keep.</summary>
    public const int Most = 100;

    private const string SettingKey = "looks";

    private readonly CameraSession camera;
    private readonly StoredList<Look, LookList> looks;

    public LookBook(CameraSession camera, ISettingsStore store)
    {
        this.camera = camera;
        looks = new(store, SettingKey, own => new LookList(own), stored => stored.Looks);
    }

    /// <summary>The looks changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed
    {
        add => looks.Changed += value;
        remove => looks.Changed -= value;
    }

    /// <summary>People's own, in the order in which they came.</summary>
    public IReadOnlyList<Look> Own => looks.All;

    /// <summary>Those that this camera can show: of the built-in ones "Auto" and what differs from it, and all of people's own.</summary>
    public IReadOnlyList<Look> All
    {
        get
        {
            var auto = Look.BuiltIn[0];
            return [auto, .. Look.BuiltIn.Where(look => camera.State.Capabilities is { } c && look.DiffersFrom(auto, c)), .. Own];
        }
    }

    /// <summary>The look with this id.</summary>
    /// <exception cref="LookMissingException">There is none.</exception>
    public Look Find(string id) => Look.BuiltIn.Concat(Own).FirstOrDefault(look => look.Id == id) ?? throw new LookMissingException(id);

    /// <summary>Keeps what the camera is asked for now, a locked exposure included.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditPresets"/>.</param>
    /// <param name="name">1 to 40 characters, not taken by another look.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">The name cannot be used, or there are too many looks.</exception>
    /// <exception cref="SettingNotStoredException">It is there, but a restart would forget it.</exception>
    public async Task<Look> SaveAsync(Caller caller, string name)
    {
        Demand(caller);
        var look = new Look(NewId(), name, Look.Part(camera.State.Asked));
        await looks.ChangeAsync(all =>
        {
            look = look with { Name = Checked(all, name, look.Id) };
            return WithinMost([.. all, look]);
        }).ConfigureAwait(false);
        return look;
    }

    /// <summary>Takes looks that came from elsewhere; one whose name is taken gets a similar one. All or none.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditPresets"/>.</param>
    /// <param name="found">Names, and the controls that this camera was found to take.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">A name cannot be used, or there are too many looks.</exception>
    /// <exception cref="SettingNotStoredException">They are there, but a restart would forget them.</exception>
    public async Task<IReadOnlyList<Look>> AddAsync(Caller caller, IReadOnlyList<(string Name, CameraControls Controls)> found)
    {
        Demand(caller);
        ArgumentNullException.ThrowIfNull(found);
        List<Look> added = [];
        await looks.ChangeAsync(all =>
        {
            foreach (var (name, controls) in found)
            {
                var (trimmed, error) = GivenName.Check(name);
                added.Add(error is null
                    ? new Look(NewId(), GivenName.Untaken(trimmed, Names([.. all, .. added])), Look.Part(controls))
                    : throw new InvalidValueException(error));
            }

            return WithinMost([.. all, .. added]);
        }).ConfigureAwait(false);
        return added;
    }

    /// <summary>Sets the camera as the look says, as near as it comes.</summary>
    /// <param name="caller">Needs <see cref="Permission.AdjustPicture"/>.</param>
    /// <param name="id">The look's.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="LookMissingException">There is no such look.</exception>
    /// <exception cref="CameraLostException">No camera has run yet.</exception>
    /// <exception cref="SettingNotStoredException">It is in force, but a restart would forget it.</exception>
    public async Task ApplyAsync(Caller caller, string id)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.AdjustPicture);
        var look = Find(id);
        var capabilities = camera.State.Capabilities;
        await camera.UpdateAsync(caller, now => capabilities is null ? now : look.On(now, capabilities)).ConfigureAwait(false);
    }

    /// <summary>Gives a look of people's own another name.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditPresets"/>.</param>
    /// <param name="id">The look's.</param>
    /// <param name="name">1 to 40 characters, not taken by another look.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">The name cannot be used.</exception>
    /// <exception cref="LookMissingException">People have no such look.</exception>
    /// <exception cref="SettingNotStoredException">It is renamed, but a restart would forget it.</exception>
    public async Task RenameAsync(Caller caller, string id, string name)
    {
        Demand(caller);
        await looks.ChangeAsync(all =>
        {
            var look = FindOwn(all, id);
            var renamed = look with { Name = Checked(all, name, id) };
            return [.. all.Select(one => one == look ? renamed : one)];
        }).ConfigureAwait(false);
    }

    /// <summary>Removes a look of people's own.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditPresets"/>.</param>
    /// <param name="id">The look's.</param>
    /// <returns>What <see cref="RestoreAsync"/> needs to bring it back.</returns>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="LookMissingException">People have no such look.</exception>
    /// <exception cref="SettingNotStoredException">It is gone, but a restart would bring it back.</exception>
    public async Task<RemovedLook> RemoveAsync(Caller caller, string id)
    {
        Demand(caller);
        RemovedLook? removed = null;
        await looks.ChangeAsync(all =>
        {
            var look = FindOwn(all, id);
            removed = new RemovedLook(look, all.ToList().IndexOf(look));
            return [.. all.Where(one => one != look)];
        }).ConfigureAwait(false);
        return removed!;
    }

    /// <summary>Brings a removed look back; if somebody took its name meanwhile, under a similar one.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditPresets"/>.</param>
    /// <param name="removed">From <see cref="RemoveAsync"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">There are too many looks now.</exception>
    /// <exception cref="SettingNotStoredException">It is back, but a restart would forget it.</exception>
    public async Task RestoreAsync(Caller caller, RemovedLook removed)
    {
        Demand(caller);
        ArgumentNullException.ThrowIfNull(removed);
        await looks.ChangeAsync(all =>
        {
            var list = all.Where(look => look.Id != removed.Look.Id).ToList();
            list.Insert(Math.Min(removed.Index, list.Count), removed.Look with { Name = GivenName.Untaken(removed.Look.Name, Names(list)) });
            return WithinMost(list);
        }).ConfigureAwait(false);
    }

    /// <summary>Takes over what was stored.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => looks.LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Demand(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.EditPresets);
    }

    private static string NewId() => Guid.NewGuid().ToString("n");

    private static Look FindOwn(IReadOnlyList<Look> all, string id) => all.FirstOrDefault(look => look.Id == id) ?? throw new LookMissingException(id);

    private static IEnumerable<string> Names(IReadOnlyList<Look> all) => Look.BuiltIn.Concat(all).Select(look => look.Name);

    private static string Checked(IReadOnlyList<Look> all, string name, string id) =>
        GivenName.Demand(name, Names([.. all.Where(look => look.Id != id)]));

    private static List<Look> WithinMost(List<Look> all) => all.Count <= Most
        ? all
        : throw new InvalidValueException(new InvalidValue("looks", $"{all.Count}", Allowed.WholeRange("0", $"{Most}")));
}
