using Microsoft.Extensions.Hosting;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Settings;

namespace PiCam.Core.Gimbals.Presets;

/// <summary>The presets of this panel, in the order that people gave them; kept across restarts.</summary>
/// <remarks>Words are ONVIF's: set, go to, remove.</remarks>
public sealed class PresetBook : IHostedService
{
    private const string SettingKey = "gimbal.presets";

    // Degrees: half of what one count of a PCA9685 turns a servo (0.44°).
    private const double SamePlace = 0.22;

    private readonly Gimbal gimbal;
    private readonly CameraSession camera;
    private readonly PresetPictures pictures;
    private readonly StoredList<Preset, PresetList> presets;

    public PresetBook(Gimbal gimbal, CameraSession camera, ISettingsStore store)
    {
        this.gimbal = gimbal;
        this.camera = camera;
        pictures = new PresetPictures(camera, store);
        presets = new(store, SettingKey, all => new PresetList(all), stored => stored.Presets);
    }

    /// <summary><see cref="All"/> changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed
    {
        add => presets.Changed += value;
        remove => presets.Changed -= value;
    }

    /// <summary>In order.</summary>
    public IReadOnlyList<Preset> All => presets.All;

    /// <summary>The first preset whose place a position is; null: it is nobody's.</summary>
    /// <param name="position">Degrees.</param>
    public Preset? At(PanTilt position) => All.FirstOrDefault(
        p => Math.Abs(p.Position.Pan - position.Pan) <= SamePlace && Math.Abs(p.Position.Tilt - position.Tilt) <= SamePlace);

    /// <summary>The preset with this id.</summary>
    /// <exception cref="PresetMissingException">There is none.</exception>
    public Preset Find(string id) => All.FirstOrDefault(p => p.Id == id) ?? throw new PresetMissingException(id);

    /// <summary>Takes down where the gimbal points now, with a small picture of it if the camera has one.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditPresets"/>.</param>
    /// <param name="name">1 to 40 characters, not taken by another preset.</param>
    /// <param name="withLook">Takes down the camera's controls, too.</param>
    /// <param name="cancellationToken">Gives up waiting for a picture.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="GimbalMissingException">There is no gimbal.</exception>
    /// <exception cref="InvalidValueException">The name cannot be used.</exception>
    /// <exception cref="SettingNotStoredException">It is there, but a restart would forget it.</exception>
    public async Task<Preset> SetAsync(Caller caller, string name, bool withLook, CancellationToken cancellationToken)
    {
        Demand(caller);
        var preset = new Preset(Guid.NewGuid().ToString("n"), "", gimbal.Status.Position, withLook ? camera.State.Asked : null);
        preset = preset with { Name = Checked(name, preset.Id) };

        // The picture takes a while; meanwhile somebody may have taken the name, so it is checked again with the list locked.
        preset = preset with { Picture = await pictures.TakeAsync(preset.Id, cancellationToken).ConfigureAwait(false) ? 1 : 0 };
        await presets.ChangeAsync(all => [.. all, preset with { Name = Checked(name, preset.Id) }]).ConfigureAwait(false);
        return preset;
    }

    /// <summary>Takes down where the gimbal points now under a name that is there already.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditPresets"/>.</param>
    /// <param name="id">The preset's.</param>
    /// <param name="cancellationToken">Gives up waiting for a picture.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PresetMissingException">There is no such preset.</exception>
    /// <exception cref="SettingNotStoredException">It is changed, but a restart would forget it.</exception>
    public async Task ReplaceAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        Demand(caller);
        Find(id);
        var taken = await pictures.TakeAsync(id, cancellationToken).ConfigureAwait(false);
        var (position, look) = (gimbal.Status.Position, camera.State.Asked);
        await presets.ChangeAsync(all => Replaced(all, id, p => p with
        {
            Position = position,
            Look = p.Look is null ? null : look,
            Picture = taken ? p.Picture + 1 : p.Picture,
        })).ConfigureAwait(false);
    }

    /// <summary>Gives a preset another name.</summary>
    /// <inheritdoc cref="SetAsync"/>
    /// <exception cref="PresetMissingException">There is no such preset.</exception>
    public async Task RenameAsync(Caller caller, string id, string name)
    {
        Demand(caller);
        Find(id);
        await presets.ChangeAsync(all => Replaced(all, id, p => p with { Name = Checked(name, id) })).ConfigureAwait(false);
    }

    /// <summary>Puts a preset to another place in the order.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditPresets"/>.</param>
    /// <param name="id">The preset's.</param>
    /// <param name="index">Its new place, from 0; beyond the end means the end.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PresetMissingException">There is no such preset.</exception>
    /// <exception cref="SettingNotStoredException">It is moved, but a restart would forget it.</exception>
    public async Task MoveAsync(Caller caller, string id, int index)
    {
        Demand(caller);
        await presets.ChangeAsync(all =>
        {
            var list = all.ToList();
            var preset = list.Find(p => p.Id == id) ?? throw new PresetMissingException(id);
            list.Remove(preset);
            list.Insert(Math.Clamp(index, 0, list.Count), preset);
            return list;
        }).ConfigureAwait(false);
    }

    /// <summary>Removes a preset.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditPresets"/>.</param>
    /// <param name="id">The preset's.</param>
    /// <returns>What <see cref="RestoreAsync"/> needs to bring it back.</returns>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="PresetMissingException">There is no such preset.</exception>
    /// <exception cref="SettingNotStoredException">It is gone, but a restart would bring it back.</exception>
    public async Task<RemovedPreset> RemoveAsync(Caller caller, string id)
    {
        Demand(caller);
        var thumbnail = await pictures.LoadAsync(id, CancellationToken.None).ConfigureAwait(false);
        RemovedPreset? removed = null;
        await presets.ChangeAsync(all =>
        {
            var preset = all.FirstOrDefault(p => p.Id == id) ?? throw new PresetMissingException(id);
            removed = new RemovedPreset(preset, all.ToList().IndexOf(preset)) { Thumbnail = thumbnail };
            return [.. all.Where(p => p.Id != id)];
        }).ConfigureAwait(false);
        await pictures.RemoveAsync(id).ConfigureAwait(false);
        return removed!;
    }

    /// <summary>Brings a removed preset back; if somebody took its name meanwhile, under a similar one.</summary>
    /// <param name="caller">Needs <see cref="Permission.EditPresets"/>.</param>
    /// <param name="removed">From <see cref="RemoveAsync"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="SettingNotStoredException">It is back, but a restart would forget it.</exception>
    public async Task RestoreAsync(Caller caller, RemovedPreset removed)
    {
        ArgumentNullException.ThrowIfNull(removed);
        Demand(caller);
        if (removed.Thumbnail is { } thumbnail)
        {
            await pictures.SaveAsync(removed.Preset.Id, thumbnail).ConfigureAwait(false);
        }

        await presets.ChangeAsync(all =>
        {
            var list = all.Where(p => p.Id != removed.Preset.Id).ToList();
            var name = GivenName.Untaken(removed.Preset.Name, list.Select(p => p.Name));
            list.Insert(Math.Min(removed.Index, list.Count), removed.Preset with { Name = name });
            return list;
        }).ConfigureAwait(false);
    }

    /// <summary>Turns to a preset, as near as the limits allow, and sets the camera as it was then, as near as it comes, if the preset says so.</summary>
    /// <param name="caller">Needs <see cref="Permission.Aim"/>, and <see cref="Permission.AdjustPicture"/> for a look.</param>
    /// <param name="id">The preset's.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="GimbalMissingException">There is no gimbal.</exception>
    /// <exception cref="PresetMissingException">There is no such preset.</exception>
    /// <exception cref="CameraLostException">There is no camera to take the look; the gimbal turns all the same.</exception>
    /// <exception cref="SettingNotStoredException">The look is in force, but a restart would forget it.</exception>
    public async Task GotoAsync(Caller caller, string id)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Aim);
        var preset = Find(id);
        gimbal.MoveNear(caller, preset.Position);
        if (preset.Look is { } look)
        {
            // How the picture is sent and which way up it is are not part of a look.
            var capabilities = camera.State.Capabilities;
            await camera.UpdateAsync(caller, now => Fitted(capabilities, look with
            {
                SensorMode = now.SensorMode,
                Size = now.Size,
                FrameRate = now.FrameRate,
                Quality = now.Quality,
                Rotation = now.Rotation,
                HorizontalFlip = now.HorizontalFlip,
                VerticalFlip = now.VerticalFlip,
            })).ConfigureAwait(false);
        }
    }

    /// <summary>A small JPEG of what was seen when the preset was set; null when there was no picture.</summary>
    /// <param name="id">The preset's.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<byte[]?> ThumbnailAsync(string id, CancellationToken cancellationToken) =>
        (await pictures.LoadAsync(id, cancellationToken).ConfigureAwait(false))?.Jpeg;

    /// <summary>Takes over what was stored.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => presets.LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static CameraControls Fitted(CameraCapabilities? capabilities, CameraControls look) =>
        capabilities is null ? look : CameraControlsRules.Fit(look, capabilities);

    private static IReadOnlyList<Preset> Replaced(IReadOnlyList<Preset> all, string id, Func<Preset, Preset> change) =>
        all.Any(p => p.Id == id) ? [.. all.Select(p => p.Id == id ? change(p) : p)] : throw new PresetMissingException(id);

    private void Demand(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.EditPresets);
        if (!gimbal.Exists)
        {
            throw new GimbalMissingException();
        }
    }

    private string Checked(string name, string id) => GivenName.Demand(name, All.Where(p => p.Id != id).Select(p => p.Name));
}
