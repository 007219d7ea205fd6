using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace PiCam.Blazor.Live;

/// <summary>Snackbars that lead to what they tell of.</summary>
internal static class SnackbarLink
{
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
}
