using System.Threading.Channels;
using Microsoft.AspNetCore.Components;

namespace PiCam.Blazor.Live;

/// <summary>
/// A component that renders again when something outside changes. However often that happens, one render is under way at a
/// time, and the next shows the newest state.
/// </summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    private readonly Channel<bool> pulses =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly CancellationTokenSource stopping = new();
    private Task rendering = Task.CompletedTask;
    private Action? unfollow;
    private ITimer? ticking;

    // Kept: the source may be disposed of while something of the component still runs.
    protected LiveComponent() => Stopping = stopping.Token;

    /// <summary>Cancelled when the component goes.</summary>
    protected CancellationToken Stopping { get; }

    /// <summary>Asks for a render; any thread, returns at once. Fit to be an event handler.</summary>
    protected void Pulse() => pulses.Writer.TryWrite(true);

    /// <summary>Asks for a render at every such event, until the component goes.</summary>
    protected void Follow(Action<Action> subscribe, Action<Action> unsubscribe)
    {
        subscribe(Pulse);
        unfollow += () => unsubscribe(Pulse);
    }

    /// <summary>Asks for a render again and again while a countdown is shown, until the component goes.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="interval">Between two looks.</param>
    /// <param name="counts">Whether it is shown now; called on any thread.</param>
    protected void PulseEvery(TimeProvider time, TimeSpan interval, Func<bool> counts)
    {
        ArgumentNullException.ThrowIfNull(time);
        ticking = time.CreateTimer(
            _ =>
            {
                if (counts())
                {
                    Pulse();
                }
            },
            null,
            interval,
            interval);
    }

    protected override void OnInitialized()
    {
        rendering = RenderOnPulseAsync();
    }

    /// <summary>Takes down what the next render shows: the same throughout that render. On the page's own thread.</summary>
    protected virtual void ReadState()
    {
    }

    protected override bool ShouldRender()
    {
        ReadState();
        return true;
    }

    /// <summary>What a pulse asks for, on the page's own thread.</summary>
    protected virtual Task OnPulseAsync()
    {
        // While a browser is slow to acknowledge, the render asked for last waits still: to ask again does nothing, and it would
        // show what was taken down then.
        ReadState();
        StateHasChanged();
        return Task.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        unfollow?.Invoke();
        if (ticking is not null)
        {
            await ticking.DisposeAsync();
        }

        await stopping.CancelAsync();
        await rendering;
        stopping.Dispose();
    }

    private async Task RenderOnPulseAsync()
    {
        try
        {
            while (true)
            {
                await pulses.Reader.ReadAsync(Stopping);
                await InvokeAsync(OnPulseAsync);
            }
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
            // The component has gone.
        }
    }
}
