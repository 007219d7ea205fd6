using Microsoft.Extensions.Hosting;

namespace PiCam.Core.Media;

/// <summary>Knows whether the library's disk takes more, and keeps the rest of the panel some room on it.</summary>
public sealed class MediaStorage(IMediaFiles files, TimeProvider time) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Bytes that are left free for the database, which lies on the same disk: settings and sign-in go on when it is full.</summary>
    public const long Reserve = 4 * 1024 * 1024;

    private readonly Lock gate = new();
    private MediaStorageState state = new(MediaStorageCondition.Ok, null);
    private long needed = Reserve;

    /// <summary><see cref="State"/>'s condition changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    /// <summary>As it was seen last.</summary>
    public MediaStorageState State
    {
        get
        {
            lock (gate)
            {
                return state;
            }
        }
    }

    /// <summary>Looks whether there is room for so many bytes; what has none is remembered as full until there is.</summary>
    /// <exception cref="MediaStorageException">There is not.</exception>
    internal void Demand(long bytes)
    {
        lock (gate)
        {
            needed = Math.Max(needed, Reserve + bytes);
        }

        Look();
        if (State.Warning is { } warning)
        {
            throw new MediaStorageException(warning);
        }
    }

    /// <summary>Takes down what a write met, whatever a look says: for a disk that has room but not for this.</summary>
    internal void Report(Reason reason)
    {
        var condition = reason == MediaFault.Full ? MediaStorageCondition.Full
            : reason == MediaFault.ReadOnly ? MediaStorageCondition.ReadOnly
            : State.Condition;
        Set(State with { Condition = condition });
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anybody can ask.
        Look();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            Look();
        }
    }

    private void Look()
    {
        var room = files.Look();
        MediaStorageCondition condition;
        lock (gate)
        {
            condition = !room.IsWritable ? MediaStorageCondition.ReadOnly
                : room.FreeBytes < needed ? MediaStorageCondition.Full
                : MediaStorageCondition.Ok;
            needed = condition == MediaStorageCondition.Ok ? Reserve : needed;
        }

        Set(new MediaStorageState(condition, room.FreeBytes));
    }

    private void Set(MediaStorageState next)
    {
        bool changed;
        lock (gate)
        {
            changed = state.Condition != next.Condition;
            state = next;
        }

        if (changed)
        {
            Changed?.Invoke();
        }
    }
}
