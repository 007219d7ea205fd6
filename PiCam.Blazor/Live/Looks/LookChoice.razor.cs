using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;
using PiCam.Blazor.Api;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Photography.Looks;

namespace PiCam.Blazor.Live.Looks;

/// <summary>The looks to choose from, and those of one's own: keep, rename, remove, carry from panel to panel.</summary>
public sealed partial class LookChoice : CameraControlComponent
{
    private string newName = "";

    [Inject]
    private LookBook Book { get; set; } = default!;

    [Inject]
    private LookLock Lock { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    private bool MayEdit => Caller.May(Permission.EditPresets);

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Follow(pulse => Book.Changed += pulse, pulse => Book.Changed -= pulse);
        Follow(pulse => Lock.Changed += pulse, pulse => Lock.Changed -= pulse);
    }

    private string Name(Look look) => T.Name(look);

    // A locked "Day" is still "Day".
    private Look? Chosen(CameraCapabilities capabilities)
    {
        var asked = State.Asked;
        var free = Lock.WithoutLock(asked);
        return Book.All.FirstOrDefault(look => look.On(asked, capabilities) == asked)
            ?? Book.All.FirstOrDefault(look => look.On(free, capabilities) == free);
    }

    private Task ApplyAsync(ChangeEventArgs e) =>
        e.Value is string { Length: > 0 } id ? Action.RunAsync(() => Book.ApplyAsync(Caller, id)) : Task.CompletedTask;

    private Task SaveAsync() => Action.RunAsync(async () =>
    {
        await Book.SaveAsync(Caller, newName);
        newName = "";
    });

    private Task RemoveAsync(Look look) => Action.RunAsync(async () =>
    {
        var removed = await Book.RemoveAsync(Caller, look.Id);
        Snackbar.OfferUndo(T, T["PresetRemoved", look.Name], () => Action.RunAsync(() => Book.RestoreAsync(Caller, removed)));
    });

    private Task ImportAsync(InputFileChangeEventArgs e) => Action.RunAsync(async () =>
    {
        if (e.File.Size > LookFile.LongestBytes)
        {
            Snackbar.Add(T["LooksTooLong", LookFile.LongestBytes / 1024], Severity.Warning);
            return;
        }

        using var content = new MemoryStream();
        await using (var stream = e.File.OpenReadStream(LookFile.LongestBytes, Stopping))
        {
            await stream.CopyToAsync(content, Stopping);
        }

        try
        {
            var looks = LookFile.Read(JsonFields.Read(content.ToArray()), LookBookEndpoints.Capabilities(Session));
            var added = await Book.AddAsync(Caller, looks);
            Snackbar.Add(T["LooksImported", added.Count], Severity.Normal);
        }
        catch (JsonException)
        {
            Snackbar.Add(T["LooksUnreadable", e.File.Name], Severity.Warning);
        }
    }, Stopping);
}
