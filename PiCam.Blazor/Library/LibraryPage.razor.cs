using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;
using PiCam.Blazor.Api;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Media;

namespace PiCam.Blazor.Library;

/// <summary>The library: everything that was taken, by day, newest first.</summary>
public sealed partial class LibraryPage : LiveComponent
{
    private readonly ConcurrentQueue<IReadOnlyList<string>> removed = new();
    private LibraryAddress address = new();
    private Caller? caller;
    private LibrarySelection? selection;
    private MediaGrid? grid;
    private MediaItem? run;
    private IReadOnlyList<MediaDay> days = [];
    private bool selecting;
    private bool asked;
    private bool openedHere;

    // What can make a film is looked for only when somebody wants one.
    private bool filmOpened;

    // Counts how often somebody wanted to export: the disks are looked for anew each time.
    private int exports;
    private PageScript? script;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? Kind { get; set; }

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery]
    private string? Preset { get; set; }

    [SupplyParameterFromQuery]
    private string? Text { get; set; }

    [SupplyParameterFromQuery]
    private string? Sequence { get; set; }

    [SupplyParameterFromQuery]
    private string? Item { get; set; }

    [SupplyParameterFromQuery]
    private string? Compare { get; set; }

    [Inject]
    private MediaLibrary Library { get; set; } = default!;

    [Inject]
    private MediaActions Actions { get; set; } = default!;

    [Inject]
    private PersonAction Action { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    // Something is shown large above all of it.
    private bool IsCovered => address.Item is not null || address.Compare is not null;

    private string Title => address.Sequence is null ? T["Library"]
        : run is null ? T["LibraryRun"]
        : T["LibraryRunOf", T.Kind(run.Kind), run.TakenAt.ToString("g", CultureInfo.CurrentCulture)];

    private string Total => days.Count == 0 ? "" : QuantityTexts.Count(days.Sum(day => day.Count));

    public override async ValueTask DisposeAsync()
    {
        Library.Changed -= OnChanged;
        if (script is not null)
        {
            await script.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    protected override async Task OnInitializedAsync()
    {
        caller = CallerFactory.From((await Authentication).User);
        selection = new LibrarySelection(Library, caller);
        Library.Changed += OnChanged;
    }

    protected override async Task OnParametersSetAsync()
    {
        var before = asked ? address : null;
        asked = true;
        address = new LibraryAddress
        {
            Kind = LibraryAddress.KindOf(Kind),
            From = LibraryAddress.Day(From),
            To = LibraryAddress.Day(To),
            Preset = NotEmpty(Preset),
            Text = NotEmpty(Text),
            Sequence = NotEmpty(Sequence),
            Item = NotEmpty(Item),
            Compare = NotEmpty(Compare),
        };
        if (address.Place != before?.Place)
        {
            selection?.Clear();
            selecting = false;
            run = null;
        }

        openedHere |= IsCovered && before is { Item: null, Compare: null };
        if (address.Sequence is { } sequence && run is null && caller is not null)
        {
            await Action.RunAsync(async () =>
                run = (await Library.PageAsync(caller, new MediaQuery { Sequence = sequence, Count = 1 }, Stopping)).Entries is [var newest] ? newest.Item : null, Stopping);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            script = new PageScript(Js, "./Library/LibraryPage.razor.js");
            await script.OpenAsync();
        }
    }

    // What somebody else deleted is not selected any more.
    protected override void ReadState()
    {
        while (removed.TryDequeue(out var gone))
        {
            selection?.Remove(gone);
        }
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private void OnChanged(MediaChange change)
    {
        if (change.Kind == MediaChangeKind.Removed)
        {
            removed.Enqueue(change.Ids);
            Pulse();
        }
    }

    private void UseDays(IReadOnlyList<MediaDay> shown) => days = shown;

    private Task JumpAsync(DateOnly day) => grid?.JumpAsync(day) ?? Task.CompletedTask;

    private Task FilterAsync(LibraryAddress filtered) => GoAsync(filtered, replace: true);

    private Task GoAsync(LibraryAddress to, bool replace)
    {
        Navigation.NavigateTo(to.ToString(), forceLoad: false, replace);
        return Task.CompletedTask;
    }

    // As Back does, if it was opened from here: the history grows by nothing.
    private async Task CloseAsync()
    {
        if (openedHere && script is not null)
        {
            openedHere = false;
            await script.CallAsync<object>("back");
        }
        else
        {
            await GoAsync(address.Place, replace: true);
        }
    }

    private void EndSelecting()
    {
        exports = 0;
        ToggleSelecting();
    }

    private void ToggleSelecting()
    {
        selecting = !selecting;
        selection?.Clear();
    }

    private Task PickAsync((MediaEntry Entry, bool Extends) pick) => SelectAsync(selected =>
        pick.Extends ? selected.ExtendAsync(pick.Entry, Query, Stopping) : selected.ToggleAsync(pick.Entry, Query, Stopping));

    private Task PickDayAsync(DateOnly day) => SelectAsync(selected => selected.ToggleDayAsync(day, Query, Stopping));

    private Task PickAllAsync() => SelectAsync(selected => selected.AddAllAsync(Query, Stopping));

    private MediaQuery Query => address.Place.Query(Time.LocalTimeZone);

    private async Task SelectAsync(Func<LibrarySelection, Task> select)
    {
        selecting = true;
        await Action.RunAsync(() => select(selection!), Stopping);
    }

    private Task CompareAsync() => Action.RunAsync(async () =>
    {
        var items = await Library.FindAsync(caller!, selection!.Ids, Stopping);
        if (items.FirstOrDefault(item => !MediaFormat.IsPicture(item.Path)) is { } film)
        {
            Snackbar.Add(T["LibraryNoPicture", film.Name], Severity.Warning);
            return;
        }

        await GoAsync(address with { Compare = string.Join(',', selection.Ids) }, replace: false);
    }, Stopping);

    private async Task DownloadAsync()
    {
        if (selection!.Count > MediaEndpoints.MostIds)
        {
            Snackbar.Add(T["LibraryTooMany", QuantityTexts.Count(MediaEndpoints.MostIds)], Severity.Warning);
        }
        else if (script is not null)
        {
            await script.CallAsync<object>("download", string.Join(',', selection.Ids));
        }
    }

    private Task ProtectAsync() => Actions.ToggleProtectionAsync(caller!, selection!.Ids);

    private async Task DeleteAsync()
    {
        // What is protected stays selected, to be seen.
        selection!.Remove(await Actions.DeleteAsync(caller!, [.. selection.Ids]));
        selecting = selection.Count > 0;
    }
}
