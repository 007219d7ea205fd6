using Microsoft.Extensions.Logging;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Media;
using PiCam.Core.Photography.Looks;
using PiCam.Core.Settings;

namespace PiCam.Core.TimeLapses;

/// <content>Going on where the run before, or the panel before a power cut, had come to; and the look that is held meanwhile.</content>
public sealed partial class TimeLapseRunner
{
    // A camera takes a few seconds to start, and pictures that it misses for that are nobody's trouble.
    private static readonly TimeSpan CameraStarts = TimeSpan.FromSeconds(30);

    // A look settles within 10 s, with slow frames within a few more.
    private static readonly TimeSpan LookSettles = TimeSpan.FromSeconds(30);

    // A clock that says that the panel was off for longer was not set then, or is not now.
    private static readonly TimeSpan LongestOff = TimeSpan.FromDays(366);

    // So long after the start a leap of the clock is the first look at the time that a board without a clock of its own gets.
    private static readonly TimeSpan ClockFound = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ClockLeap = TimeSpan.FromMinutes(0.5);

    // A file's time is that of its last write, on a file system that may count in steps of 2 s.
    private static readonly TimeSpan LostSlack = TimeSpan.FromSeconds(5);

    private Resumption? resumed;

    private async Task<TimeLapsePace> ResumeAsync(TimeLapse run, CancellationToken over)
    {
        var newest = await CountAsync(run, over).ConfigureAwait(false);
        await UntilAsync(
            () => camera.State.Condition is CameraCondition.Live or CameraCondition.Private or CameraCondition.Lost,
            changed => camera.Changed += changed,
            changed => camera.Changed -= changed,
            CameraStarts,
            over).ConfigureAwait(false);
        await HoldLookAsync(run, over).ConfigureAwait(false);
        var (now, wall, schedule) = (Now, time.GetLocalNow(), book.Schedule(run.Plan));
        var last = Last(run, newest);
        var off = wall - last;
        resumed = last is { } before ? new Resumption(before, wall, now) : null;
        if (off is null || off < TimeSpan.Zero || off > LongestOff)
        {
            return new TimeLapsePace(schedule, run.Plan.Interval, run.Plan.IsAligned, null);
        }

        // The newest one that is due can still be taken, unless only the full minute, say, will do.
        var missed = schedule.CountDue(last!.Value, wall) - (run.Plan.IsAligned ? 0 : 1);
        if (missed > 0)
        {
            resumed = resumed! with { Missed = missed };
            book.Report(run, lapse => lapse.Miss(TimeLapseFault.PoweredOff, missed, last.Value + run.Plan.Interval, wall));
        }

        return new TimeLapsePace(schedule, run.Plan.Interval, run.Plan.IsAligned, now - off);
    }

    /// <summary>Most boards have no clock that goes on without power: for how long they were off is known when they have asked for the time.</summary>
    private void CountPowerOff(TimeLapse run, TimeSpan now, DateTimeOffset wall)
    {
        if (resumed is not { } since)
        {
            return;
        }

        var began = wall - (now - since.At);
        if (now - since.At > ClockFound)
        {
            resumed = null;
        }
        else if (began - since.Wall > ClockLeap)
        {
            resumed = null;
            var missed = began - since.Last > LongestOff
                ? 0
                : book.Schedule(run.Plan).CountDue(since.Last, began) - (run.Plan.IsAligned ? 0 : 1) - since.Missed;
            if (missed > 0)
            {
                book.Report(run, lapse => lapse.Miss(TimeLapseFault.PoweredOff, missed, since.Last + run.Plan.Interval, began));
            }
        }
    }

    /// <summary>When the newest picture of this run was due, by what was written of it and the pictures since; null: it has none.</summary>
    private static DateTimeOffset? Last(TimeLapse run, DateTimeOffset? newest) => (run.LastAt ?? run.StartedAt, newest) switch
    {
        ({ } written, { } taken) when taken > written => written + (run.Plan.Interval * Math.Floor((taken - written) / run.Plan.Interval)),
        _ => run.LastAt,
    };

    /// <summary>Finds out by the library how many pictures there are: what was written of it may be some seconds old.</summary>
    /// <returns>When the newest was taken; null: there is none.</returns>
    private async Task<DateTimeOffset?> CountAsync(TimeLapse run, CancellationToken over)
    {
        var names = new TimeLapseNames(run.Plan);
        var (count, highest, newest) = (0, 0, (DateTimeOffset?)null);
        MediaCursor? before = null;
        do
        {
            var query = new MediaQuery { Kinds = [MediaKind.TimeLapse], Sequence = run.Sequence, Count = MediaQuery.MostPerPage, Before = before };
            var page = await library.PageAsync(Caller.System, query, over).ConfigureAwait(false);
            foreach (var item in page.Entries.Select(entry => entry.Item))
            {
                newest = newest > item.TakenAt ? newest : item.TakenAt;
                (count, highest) = (count + 1, Math.Max(highest, names.Number(item.Name, item.TakenAt) ?? 0));
            }

            before = page.Next;
        }
        while (before is not null);

        // Some may have been deleted, or renamed.
        var taken = Math.Max(Math.Max(count, highest), Find(run)?.Taken ?? 0);
        if (await FindLostAsync(run, names, taken + 1, over).ConfigureAwait(false) is { } lost)
        {
            await library.AdoptAsync(lost, MediaKind.TimeLapse, run.Sequence, run.By).ConfigureAwait(false);
            (taken, newest) = (taken + 1, newest > lost.TakenAt ? newest : lost.TakenAt);
        }

        book.Report(run, lapse => lapse with { Taken = Math.Max(lapse.Taken, taken) });
        return newest;
    }

    /// <summary>The picture whose file was kept, but not its line in the index, when the power went.</summary>
    private async Task<MediaItem?> FindLostAsync(TimeLapse run, TimeLapseNames names, int number, CancellationToken over)
    {
        // Taken since; a picture of an older time-lapse of this name is not its.
        var since = (run.LastAt ?? run.StartedAt) - LostSlack;
        var page = await library.PageAsync(Caller.System, new MediaQuery { Kinds = [MediaKind.Still], Count = MediaQuery.MostPerPage }, over)
            .ConfigureAwait(false);
        return page.Entries.Select(entry => entry.Item).FirstOrDefault(
            item => item is { By: null, Sequence: null } && item.TakenAt >= since && names.Number(item.Name, item.TakenAt) == number);
    }

    private async Task HoldLookAsync(TimeLapse run, CancellationToken over)
    {
        if (run.Plan.Look != TimeLapseLook.Locked)
        {
            return;
        }

        // A camera that rests while nobody watches would not settle.
        using var lease = camera.Frames.Subscribe();
        if (look.State.Condition == LookCondition.Free)
        {
            try
            {
                await look.LockAsync(Caller.System).ConfigureAwait(false);
                await HoldsLookAsync(run).ConfigureAwait(false);
            }
            catch (SettingNotStoredException notStored)
            {
                // It is locked all the same.
                await HoldsLookAsync(run).ConfigureAwait(false);
                LogNotLocked(notStored.Message);
            }
            catch (LookLockMissingException missing)
            {
                LogNotLocked(missing.Message);
            }
        }

        await UntilAsync(
            () => look.State.Condition != LookCondition.Settling,
            changed => look.Changed += changed,
            changed => look.Changed -= changed,
            LookSettles,
            over).ConfigureAwait(false);
    }

    /// <summary>Written at once: after a power cut somebody must let go of it.</summary>
    private Task HoldsLookAsync(TimeLapse run)
    {
        holdsLook = true;
        book.Report(run, lapse => lapse with { HoldsLook = true });
        return WriteAsync();
    }

    private async Task ReleaseLookAsync(TimeLapse run)
    {
        // It may have been removed.
        if (!holdsLook)
        {
            return;
        }

        holdsLook = false;
        book.Report(run, lapse => lapse with { HoldsLook = false });
        if (look.State.By != Caller.System.Name)
        {
            // Somebody has locked it for themselves meanwhile.
            return;
        }

        try
        {
            await look.ReleaseAsync(Caller.System).ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is CameraLostException or SettingNotStoredException)
        {
            LogNotReleased(refused.Message);
        }
    }

    /// <summary>Waits for a condition, but not for ever.</summary>
    private async Task UntilAsync(
        Func<bool> condition, Action<Action> subscribe, Action<Action> unsubscribe, TimeSpan patience, CancellationToken cancellationToken)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        subscribe(Look);
        try
        {
            Look();
            await met.Task.WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Long enough: it goes on as things are.
        }
        finally
        {
            unsubscribe(Look);
        }

        void Look()
        {
            if (condition())
            {
                met.TrySetResult();
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The look is not locked for the time-lapse: {Reason}")]
    private partial void LogNotLocked(string reason);

    [LoggerMessage(LogLevel.Warning, "The look that was locked for the time-lapse is not released: {Reason}")]
    private partial void LogNotReleased(string reason);

    /// <summary>How things stood when a run went on.</summary>
    /// <param name="Last">When the picture before was due.</param>
    /// <param name="Wall">The clock on the wall.</param>
    /// <param name="At">The clock that nobody sets.</param>
    private sealed record Resumption(DateTimeOffset Last, DateTimeOffset Wall, TimeSpan At)
    {
        /// <summary>How many pictures were counted as missed by the clock on the wall as it was then.</summary>
        public int Missed { get; init; }
    }
}
