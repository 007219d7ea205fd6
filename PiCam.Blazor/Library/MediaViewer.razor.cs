using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;
using PiCam.Core.Media;

namespace PiCam.Blazor.Library;

/// <summary>One picture or film as large as the screen, with its neighbours ready on either side.</summary>
public sealed partial class MediaViewer : LiveComponent
{
    private ElementReference root;
    private ElementReference nameField;
    private PageScript? script;
    private MediaItem? item;
    private MediaNeighbours? neighbours;
    private string? asked;
    private bool missing;
    private bool informs;
    private bool renaming;
    private bool focusesName;
    private string newName = "";
    private volatile bool stale;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    /// <summary>Says which one, and among what.</summary>
    [Parameter, EditorRequired]
    public LibraryAddress Address { get; set; } = default!;

    /// <summary>Somebody wants to see another one.</summary>
    [Parameter]
    public EventCallback<string> Moved { get; set; }

    /// <summary>Somebody has seen enough.</summary>
    [Parameter]
    public EventCallback Closed { get; set; }

    [Inject]
    private MediaLibrary Library { get; set; } = default!;

    [Inject]
    private MediaActions Actions { get; set; } = default!;

    [Inject]
    private PersonAction Action { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    private bool MayEdit => Caller.May(Permission.EditMedia);

    private MediaQuery Query => Address.Query(Time.LocalTimeZone);

    // Where all that belongs with it is shown; not if it is shown there already.
    private string? Run => item?.Sequence is { } sequence && Address.Sequence is null ? $"{Address.Place with { Sequence = sequence }}" : null;

    private IEnumerable<(string Side, MediaItem Shown)> Panes
    {
        get
        {
            if (neighbours?.Newer is { } newer)
            {
                yield return ("newer", newer);
            }

            if (item is not null)
            {
                yield return ("current", item);
            }

            if (neighbours?.Older is { } older)
            {
                yield return ("older", older);
            }
        }
    }

    /// <summary>Called by the script: a swipe to the older one (1) or the newer one (−1).</summary>
    [JSInvokable]
    public Task SwipeAsync(int direction) => StepAsync(direction > 0 ? neighbours?.Older : neighbours?.Newer);

    public override async ValueTask DisposeAsync()
    {
        Library.Changed -= OnChanged;
        if (script is not null)
        {
            await script.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Library.Changed += OnChanged;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (asked != Address.Item)
        {
            renaming = false;
            asked = Address.Item;
            await Action.RunAsync(LoadAsync);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            script = new PageScript(Js, "./Library/MediaViewer.razor.js");
            await script.AttachAsync(root, this);
        }

        if (stale)
        {
            stale = false;
            await Action.RunAsync(LoadAsync);
            StateHasChanged();
        }

        if (focusesName)
        {
            focusesName = false;
            await nameField.TryFocusAsync();
        }
    }

    private async Task LoadAsync()
    {
        var id = asked!;
        var found = (await Library.FindAsync(Caller, [id], CancellationToken.None)) is [var there] ? there : null;
        var beside = found is null ? neighbours : await Library.NeighboursAsync(Caller, found, Query, CancellationToken.None);
        if (id == asked)
        {
            (item, neighbours, missing) = (found, beside, found is null);
        }
    }

    // The one that is seen, or one beside it: looked at again, whoever changed it.
    private void OnChanged(MediaChange change)
    {
        stale = true;
        Pulse();
    }

    private Task StepAsync(MediaItem? to) => to is null ? Task.CompletedTask : Moved.InvokeAsync(to.Id);

    private Task GoToEndAsync(bool newest) => Action.RunAsync(async () =>
    {
        var query = Query with { Count = 1 };
        if (!newest && await Library.DaysAsync(Caller, query, Stopping) is [.., var last])
        {
            query = query with { FirstDay = last.Day, LastDay = last.Day, Skip = last.Count - 1 };
        }

        if ((await Library.PageAsync(Caller, query, Stopping)).Entries is [var end])
        {
            await StepAsync(end.Item);
        }
    }, Stopping);

    private Task CloseAsync() => Closed.InvokeAsync();

    private void Rename()
    {
        newName = item!.Name;
        (renaming, focusesName) = (true, true);
    }

    private async Task RenameAsync() => renaming = !await Actions.RenameAsync(Caller, item!.Id, newName);

    private async Task DeleteAsync()
    {
        var next = neighbours?.Older ?? neighbours?.Newer;
        if ((await Actions.DeleteAsync(Caller, [item!.Id])).Count > 0)
        {
            await (next is null ? CloseAsync() : StepAsync(next));
        }
    }
}
