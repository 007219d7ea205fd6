using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;
using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Gimbals.Tours;

namespace PiCam.Blazor.Live.Presets;

/// <summary>The tours over the presets: begin, end, make, change, remove.</summary>
public sealed partial class TourList : LiveComponent
{
    private TourDraft? draft;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Inject]
    private TourBook Tours { get; set; } = default!;

    [Inject]
    private TourGuide Guide { get; set; } = default!;

    [Inject]
    private PresetBook Presets { get; set; } = default!;

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
        Follow(pulse => Tours.Changed += pulse, pulse => Tours.Changed -= pulse);
        Follow(pulse => Guide.Changed += pulse, pulse => Guide.Changed -= pulse);
        Follow(pulse => Presets.Changed += pulse, pulse => Presets.Changed -= pulse);
    }

    private void Edit(Tour? tour) => draft = new TourDraft(tour, Presets.All);

    private Task StartOrStop(string id, bool runs) => Action.RunAsync(() =>
    {
        if (runs)
        {
            Guide.Stop(Caller);
        }
        else
        {
            Guide.Start(Caller, id);
        }

        return Task.CompletedTask;
    });

    private Task SaveAsync() => Action.RunAsync(async () =>
    {
        await Tours.SaveAsync(Caller, draft!.ToTour());
        draft = null;
    });

    private Task RemoveAsync() => Action.RunAsync(async () =>
    {
        var removed = await Tours.RemoveAsync(Caller, draft!.Id);
        draft = null;
        Snackbar.OfferUndo(T, T["PresetRemoved", removed.Name], () => Action.RunAsync(() => Tours.RestoreAsync(Caller, removed)));
    });
}
