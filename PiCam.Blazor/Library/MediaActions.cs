using Microsoft.Extensions.Localization;
using MudBlazor;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;
using PiCam.Core.Media;

namespace PiCam.Blazor.Library;

/// <summary>What a person does with pictures and films of the library, and what they are told of it.</summary>
internal sealed class MediaActions(MediaLibrary library, PersonAction action, ISnackbar snackbar, IStringLocalizer<Texts> texts)
{
    private const string ProtectionSaid = "protection";
    private const int MostNames = 3;

    /// <summary>Deletes what is not protected, and offers to bring it back.</summary>
    /// <returns>What is deleted.</returns>
    public async Task<IReadOnlyList<string>> DeleteAsync(Caller caller, IReadOnlyCollection<string> ids)
    {
        IReadOnlyList<string> gone = [];
        await action.RunAsync(async () =>
        {
            var names = ids.Count == 1 ? await library.FindAsync(caller, ids, CancellationToken.None) : [];
            var deleted = await library.DeleteAsync(caller, ids);
            gone = deleted.Deleted;
            if (gone.Count > 0)
            {
                Offer(caller, gone, names is [var only] ? texts["PresetRemoved", only.Name] : texts["MediaDeleted", QuantityTexts.Count(gone.Count)]);
            }

            if (deleted.Protected.Count > 0)
            {
                var kept = string.Join(", ", deleted.Protected.Take(MostNames).Select(item => item.Name))
                    + (deleted.Protected.Count > MostNames ? ", …" : "");
                snackbar.Add(texts.Say(MediaFault.Protected(kept)), Severity.Warning);
            }
        });
        return gone;
    }

    /// <summary>Protects them all; where they all are, lifts that.</summary>
    public Task ToggleProtectionAsync(Caller caller, IReadOnlyCollection<string> ids) => action.RunAsync(async () =>
    {
        var items = await library.FindAsync(caller, ids, CancellationToken.None);
        var protects = items.Any(item => !item.IsProtected);
        await library.ProtectAsync(caller, ids, protects);

        // What was said of it before is no longer so.
        snackbar.RemoveByKey(ProtectionSaid);
        snackbar.Add(texts[protects ? "MediaProtected" : "MediaUnprotected", QuantityTexts.Count(items.Count)], Severity.Normal, key: ProtectionSaid);
    });

    /// <summary>Gives a picture or film another name.</summary>
    /// <returns>Whether it has it.</returns>
    public async Task<bool> RenameAsync(Caller caller, string id, string name)
    {
        var done = false;
        await action.RunAsync(async () =>
        {
            await library.RenameAsync(caller, id, name);
            done = true;
        });
        return done;
    }

    private void Offer(Caller caller, IReadOnlyList<string> gone, string said) => snackbar.OfferUndo(texts, said, () => action.RunAsync(async () =>
    {
        var back = await library.RestoreAsync(caller, gone);
        if (back.Count < gone.Count)
        {
            snackbar.Add(texts["MediaNotAllBack", QuantityTexts.Count(gone.Count - back.Count)], Severity.Warning);
        }
    }));
}
