using System.Collections.Concurrent;
using PiCam.Core.Boards;

namespace PiCam.Tests.Fixtures;

/// <summary>Restarts nothing, but remembers that it was asked to.</summary>
internal sealed class FakePowerSwitch : IPowerSwitch
{
    public bool Allows { get; set; } = true;

    /// <summary>Null: it works.</summary>
    public Exception? Failure { get; set; }

    public ConcurrentQueue<BoardAction> Done { get; } = [];

    public Task<bool> AllowsAsync(BoardAction action, CancellationToken cancellationToken) => Task.FromResult(Allows);

    public Task RunAsync(BoardAction action, CancellationToken cancellationToken)
    {
        Done.Enqueue(action);
        return Failure is { } failure ? Task.FromException(failure) : Task.CompletedTask;
    }
}
