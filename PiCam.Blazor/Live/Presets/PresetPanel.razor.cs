using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;
using PiCam.Core.Gimbals.Presets;

namespace PiCam.Blazor.Live.Presets;

/// <summary>The presets behind a button: go to one (also by its number), set one where the gimbal points, change and remove them.</summary>
public sealed partial class PresetPanel : LiveComponent
{
    private string newName = "";
    private bool withLook;
    private string? edited;
    private string editedName = "";

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Inject]
    private PresetBook Book { get; set; } = default!;

    [Inject]
    private PersonAction Action { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    private bool MayEdit => Caller.May(Permission.EditPresets);

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Follow(pulse => Book.Changed += pulse, pulse => Book.Changed -= pulse);
    }

    private static string PictureOf(Preset preset) => $"/api/gimbal/presets/{preset.Id}/thumbnail.jpg?{preset.Picture}";

    private Task GotoAsync(string id) => Action.RunAsync(() => Book.GotoAsync(Caller, id));

    private Task SetAsync() => Action.RunAsync(async () =>
    {
        await Book.SetAsync(Caller, newName, withLook, Stopping);
        newName = "";
    }, Stopping);

    private void Edit(Preset preset)
    {
        edited = edited == preset.Id ? null : preset.Id;
        editedName = preset.Name;
    }

    private Task RenameAsync(string id) => Action.RunAsync(async () =>
    {
        await Book.RenameAsync(Caller, id, editedName);
        edited = null;
    });

    private Task ReplaceAsync(string id) => Action.RunAsync(async () =>
    {
        await Book.ReplaceAsync(Caller, id, Stopping);
        edited = null;
    }, Stopping);

    private Task MoveAsync(string id, int index) => Action.RunAsync(() => Book.MoveAsync(Caller, id, index));

    private Task RemoveAsync(Preset preset) => Action.RunAsync(async () =>
    {
        edited = null;
        var removed = await Book.RemoveAsync(Caller, preset.Id);
        Snackbar.OfferUndo(T, T["PresetRemoved", preset.Name], () => Action.RunAsync(() => Book.RestoreAsync(Caller, removed)));
    });
}
