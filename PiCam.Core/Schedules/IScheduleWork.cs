namespace PiCam.Core.Schedules;

/// <summary>What a schedule's entries can do on this panel.</summary>
public interface IScheduleWork
{
    /// <summary>Whether this panel can do such things at all.</summary>
    bool Offers(ScheduleTaskKind kind);

    /// <summary>The time-lapses, looks, presets or tours that an entry may be about; none for what is about none.</summary>
    IReadOnlyList<(string Id, string Name)> Targets(ScheduleTaskKind kind);

    /// <summary>What is wrong with a task, here and now; empty when all is well.</summary>
    IReadOnlyList<InvalidValue> Check(ScheduleTask task);

    /// <summary>Does it, as the panel itself, and returns when it is done; a recording, a time-lapse and a tour when they have begun.</summary>
    /// <param name="entry">What is due.</param>
    /// <param name="cancellationToken">Gives up waiting for it.</param>
    /// <exception cref="ReasonException">It could not be done.</exception>
    Task RunAsync(ScheduleEntry entry, CancellationToken cancellationToken);
}
