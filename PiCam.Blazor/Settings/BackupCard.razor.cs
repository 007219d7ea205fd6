using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using PiCam.Blazor.Backups;
using PiCam.Blazor.Configuration;
using PiCam.Blazor.Live;
using PiCam.Blazor.Profile;

namespace PiCam.Blazor.Settings;

/// <summary>Takes all settings away in one file, and brings them back.</summary>
public sealed partial class BackupCard : ConfirmedCard, IAsyncDisposable
{
    private PageScript? script;
    private string passphrase = "";
    private string fileName = "";
    private byte[] file = [];
    private RestorePreview? preview;
    private bool busy;

    [Inject]
    private BackupMaker Maker { get; set; } = default!;

    [Inject]
    private BackupRestore Restore { get; set; } = default!;

    [Inject]
    private PanelRestart Restart { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    public ValueTask DisposeAsync() => script?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            script = new PageScript(Js, "./Settings/BackupCard.razor.js");
            await script.OpenAsync();
        }
    }

    private Task MakeAsync()
    {
        // As it was when the button was pressed: the password may be asked for in between.
        var chosen = passphrase;
        return BusyAsync(() => chosen.Length > 0 ? WantAsync(() => DownloadAsync(chosen)) : Action.RunAsync(() => DownloadAsync(chosen)));
    }

    private async Task DownloadAsync(string chosen)
    {
        var made = await Maker.MakeAsync(Caller, Session, chosen, CancellationToken.None);
        using var stream = new MemoryStream(made.Content);
        using var reference = new DotNetStreamReference(stream);
        await script!.CallAsync<object>("save", made.FileName, reference);
    }

    private Task PreviewAsync(InputFileChangeEventArgs chosen) => BusyAsync(() => Action.RunAsync(async () =>
    {
        preview = null;
        if (chosen.File.Size > BackupArchive.MostBytes)
        {
            throw new BackupRefusedException(BackupFault.TooLarge);
        }

        using var content = new MemoryStream();
        var stream = chosen.File.OpenReadStream(BackupArchive.MostBytes);
        await using (stream)
        {
            await stream.CopyToAsync(content);
        }

        (fileName, file) = (chosen.File.Name, content.ToArray());
        preview = await Restore.PreviewAsync(Caller, file, passphrase, CancellationToken.None);
    }));

    private Task RestoreAsync() => BusyAsync(() => WantAsync(async () =>
    {
        await Restore.RestoreAsync(Caller, Session, file, passphrase, CancellationToken.None);
        preview = null;
        Restart.Begin(Caller);
    }));

    // A second press on a button comes before the page shows it disabled.
    private async Task BusyAsync(Func<Task> act)
    {
        if (busy)
        {
            return;
        }

        busy = true;
        await act();
        busy = false;
    }

    private IEnumerable<string> Lines(RestorePreview changes)
    {
        var none = true;
        foreach (var change in changes.Configuration)
        {
            none = false;
            yield return $"{T["Control." + change.Field.Split('.')[1]]}: {change.From ?? "–"} → {change.To ?? "–"}";
        }

        if (changes.Settings.Count > 0)
        {
            none = false;
            yield return string.Join(", ", changes.Settings.Select(Say));
        }

        if (changes.People is { } people)
        {
            none = false;
            yield return T["BackupPeople", string.Join(", ", people)];
            yield return T["BackupTokens", changes.Tokens is { Count: > 0 } tokens ? string.Join(", ", tokens) : "–"];
        }

        if (changes.Certificates.Count > 0)
        {
            none = false;
            yield return T["BackupCertificates", string.Join(", ", changes.Certificates)];
        }

        if (none)
        {
            yield return T["BackupNothing"];
        }
    }

    // A key that nobody has named yet is better than nothing.
    private string Say(string key) => T["BackupPart." + key] is { ResourceNotFound: false } known ? known.Value
        : PanelKeys.Find(key) is { } setting ? T["Control." + setting.Field.Split('.')[1]] : key;
}
