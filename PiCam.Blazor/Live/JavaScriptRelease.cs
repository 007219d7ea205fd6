using Microsoft.JSInterop;

namespace PiCam.Blazor.Live;

/// <summary>Lets go of what a component holds in the browser.</summary>
internal static class JavaScriptRelease
{
    /// <summary>Disposes a module, or nothing; without complaint when the browser has gone, and what was there with it.</summary>
    public static Task ReleaseAsync(this IJSObjectReference? held) => LetGoAsync(held, null);

    /// <summary>The same after a call of its <c>stop</c>, which takes its listeners away.</summary>
    public static Task StopAndReleaseAsync(this IJSObjectReference? held) => LetGoAsync(held, "stop");

    private static async Task LetGoAsync(IJSObjectReference? held, string? first)
    {
        if (held is null)
        {
            return;
        }

        try
        {
            if (first is not null)
            {
                await held.InvokeVoidAsync(first);
            }

            await held.DisposeAsync();
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser has gone.
        }
    }
}
