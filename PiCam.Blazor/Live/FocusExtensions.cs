using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace PiCam.Blazor.Live;

/// <summary>Moves the keyboard's focus.</summary>
internal static class FocusExtensions
{
    /// <summary>Focuses the element if it is still there; nothing happens if it, or the browser, has gone meanwhile.</summary>
    public static async Task TryFocusAsync(this ElementReference element)
    {
        try
        {
            await element.FocusAsync();
        }
        catch (Exception gone) when (gone is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // The next render took it away, or the person left.
        }
    }
}
