using Microsoft.AspNetCore.Components.Server.Circuits;

namespace PiCam.Blazor.Live;

/// <summary>Whether this circuit's browser can be reached. A circuit outlives a cut connection for a while.</summary>
public sealed class CircuitConnection : CircuitHandler, IDisposable
{
    private readonly Lock gate = new();
    private CancellationTokenSource broken = new();
    private TaskCompletionSource up = Completed();

    /// <summary>Cancelled when the connection goes down; after it came up again this is a new token.</summary>
    public CancellationToken Broken
    {
        get
        {
            lock (gate)
            {
                return broken.Token;
            }
        }
    }

    /// <summary>Completes when the connection is up.</summary>
    public Task Up
    {
        get
        {
            lock (gate)
            {
                return up.Task;
            }
        }
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (broken.IsCancellationRequested)
            {
                broken.Dispose();
                broken = new CancellationTokenSource();
                up.SetResult();
            }
        }

        return Task.CompletedTask;
    }

    public override async Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        CancellationTokenSource ending;
        lock (gate)
        {
            if (broken.IsCancellationRequested)
            {
                return;
            }

            up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ending = broken;
        }

        await ending.CancelAsync();
    }

    public void Dispose() => broken.Dispose();

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
