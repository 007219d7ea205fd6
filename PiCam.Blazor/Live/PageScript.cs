using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace PiCam.Blazor.Live;

/// <summary>
/// A component's script in the browser: fetched, attached, called and let go of. On a slow link the component may have gone
/// before its script is there; then nothing is attached any more, and what arrives late is let go of. To be used by one
/// component, on its dispatcher.
/// </summary>
/// <param name="js">The component's browser.</param>
/// <param name="address">The module's, as the page sees it.</param>
internal sealed class PageScript(IJSRuntime js, string address) : IAsyncDisposable
{
    private Action? disown;
    private bool arriving;
    private bool leaving;

    /// <summary>What <see cref="AttachAsync"/> or <see cref="OpenAsync"/> brought; null before that, and after the component has gone.</summary>
    public IJSObjectReference? Attached { get; private set; }

    /// <summary>Fetches the module, whose functions can be called then.</summary>
    /// <exception cref="JSException">The module could not be had, and somebody still wants it.</exception>
    public Task OpenAsync() => ArriveAsync(Task.FromResult<IJSObjectReference?>);

    /// <summary>Fetches the module and has it attach itself; what its <c>attach(root, component)</c> returns can be called then.</summary>
    /// <param name="root">The element that belongs to the script.</param>
    /// <param name="component">Takes the script's calls.</param>
    /// <exception cref="JSException">The module could not be had or attached, and somebody still wants it.</exception>
    public Task AttachAsync<T>(ElementReference root, T component)
        where T : class
    {
        var self = DotNetObjectReference.Create(component);
        disown = self.Dispose;
        return ArriveAsync(async module =>
        {
            await using (module)
            {
                // The elements of a component that has gone have gone, too. If it goes later than this, the browser takes
                // this call first.
                return leaving ? null : await module.InvokeAsync<IJSObjectReference>("attach", root, self);
            }
        });
    }

    /// <summary>Calls a function of the script; without one, or when the browser has gone, nothing happens.</summary>
    public async Task<T?> CallAsync<T>(string function, params object?[] arguments)
    {
        try
        {
            return Attached is { } there ? await there.InvokeAsync<T>(function, arguments) : default;
        }
        catch (JSDisconnectedException)
        {
            return default;
        }
    }

    /// <summary>From now on nothing is attached: for a component that ends something of its own before it lets go.</summary>
    public void Leave() => leaving = true;

    /// <summary>Has the script take its listeners away (its <c>stop</c>), and lets go of it.</summary>
    public async ValueTask DisposeAsync()
    {
        Leave();
        if (!arriving)
        {
            await LetGoAsync();
        }
    }

    private async Task ArriveAsync(Func<IJSObjectReference, Task<IJSObjectReference?>> use)
    {
        arriving = true;
        try
        {
            Attached = await use(await js.InvokeAsync<IJSObjectReference>("import", address));
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone.
        }
        catch (Exception unwanted) when (leaving && unwanted is JSException or OperationCanceledException)
        {
            // It never came, and nobody wants it any more.
        }
        finally
        {
            arriving = false;
        }

        if (leaving)
        {
            await LetGoAsync();
        }
    }

    private async Task LetGoAsync()
    {
        var held = Attached;
        Attached = null;
        try
        {
            if (held is not null)
            {
                if (disown is not null)
                {
                    await held.InvokeVoidAsync("stop");
                }

                await held.DisposeAsync();
            }
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser has gone.
        }

        disown?.Invoke();
    }
}
