using Microsoft.AspNetCore.Components.Server.Circuits;

namespace PiCam.Blazor.Live;

/// <summary>Whether this circuit's browser can be reached. A circuit outlives a cut connection for a while.</summary>
public sealed class CircuitConnection : CircuitHandler
{
    private volatile TaskCompletionSource down = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the connection goes down; after it came up again this is a new task.</summary>
    public Task Down => down.Task;

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (down.Task.IsCompleted)
        {
            down = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        down.TrySetResult();
        return Task.CompletedTask;
    }
}
