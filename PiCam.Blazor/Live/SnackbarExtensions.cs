using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using PiCam.Blazor.Resources;

namespace PiCam.Blazor.Live;

/// <summary>Snackbars with something to press.</summary>
internal static class SnackbarExtensions
{
    // Long enough to see what has gone.
    private const int UndoShownMilliseconds = 20_000;

    /// <summary>Makes a snackbar lead to what it tells of.</summary>
    /// <param name="navigation">Of the page.</param>
    /// <param name="text">What the button says.</param>
    /// <param name="address">Where it leads.</param>
    public static Action<SnackbarOptions> Link(this NavigationManager navigation, string text, string address) => snack =>
    {
        snack.Action = text;
        snack.OnClick = _ =>
        {
            navigation.NavigateTo(address);
            return Task.CompletedTask;
        };
    };

    /// <summary>Tells that something has gone, and offers to bring it back.</summary>
    /// <param name="snackbar">Of the page.</param>
    /// <param name="texts">In the person's language.</param>
    /// <param name="said">What has gone.</param>
    /// <param name="undo">Brings it back; tells of its own failures.</param>
    public static void OfferUndo(this ISnackbar snackbar, IStringLocalizer<Texts> texts, string said, Func<Task> undo) =>
        snackbar.Add(said, Severity.Normal, snack =>
        {
            // Two deletions that read alike are two, and each has its own way back.
            snack.DuplicatesBehavior = SnackbarDuplicatesBehavior.Allow;
            snack.VisibleStateDuration = UndoShownMilliseconds;
            snack.Action = texts["Undo"];
            snack.OnClick = _ => undo();
        });
}
