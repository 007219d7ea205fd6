using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PiCam.Core.Clocks;
using PiCam.Core.Media;
using PiCam.Core.Settings;
using PiCam.Core.TimeLapses;

namespace PiCam.Core.Schedules;

/// <summary>
/// Does what the schedule says when it is due, once: what is due is taken down before it is done. What could not be done, and what was
/// due while nobody looked, is missed, and the entry says why.
/// </summary>
public sealed partial class ScheduleRunner(ScheduleBook book, IScheduleWork work, MediaUpkeep upkeep, TimeProvider time, ILogger<ScheduleRunner> logger)
    : BackgroundService
{
    // What is late by more is not done any more: a photo of sunrise at noon is none.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    // Somebody may set the clock meanwhile.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    // A board without a clock of its own asks for the time after the start; until it has it, its clock is behind what was done last.
    private static readonly TimeSpan ClockFound = TimeSpan.FromMinutes(10);

    // A clock that is set back by no more does not do again what it did in that time; one that was set back farther was wrong before.
    private static readonly TimeSpan MostRepeated = TimeSpan.FromHours(2);

    // Every minute for a week; of more nobody wants to know how often it was.
    private const int MostCounted = 10_080;

    private readonly SemaphoreSlim changed = new(0, 1);
    private readonly ConcurrentDictionary<string, bool> underWay = [];
    private readonly ConcurrentDictionary<Task, bool> running = [];
    private TimeSpan? clockOffset;

    // How often it was told of a change, and how many of those were before the last look.
    private long told;
    private long heard;

    /// <summary>Whether nothing is being done now, and nothing has changed since it looked.</summary>
    internal bool IsIdle => running.IsEmpty && Interlocked.Read(ref told) == Interlocked.Read(ref heard);

    public override void Dispose()
    {
        changed.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await upkeep.WhenReconciledAsync(stoppingToken).ConfigureAwait(false);
        book.Changed += Wake;
        var began = time.GetTimestamp();
        try
        {
            while (true)
            {
                Interlocked.Exchange(ref heard, Interlocked.Read(ref told));
                await TryLookAsync(began, stoppingToken).ConfigureAwait(false);
                await WaitAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        finally
        {
            book.Changed -= Wake;
            await Task.WhenAll(running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Wake()
    {
        Interlocked.Increment(ref told);
        try
        {
            changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // It will look anyway.
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        // From what was looked at, not from now: what became due since must not be slept through.
        var next = book.All.Where(entry => entry.IsOn).Min(entry => book.Calendar(entry.Timing).Next(entry.LookedAt));
        var wait = next - time.GetLocalNow() is { } left && left < LongestWait ? left : LongestWait;
        if (wait > TimeSpan.Zero)
        {
            // The timers of the system count in milliseconds.
            using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var woken = changed.WaitAsync(over.Token);
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, over.Token), woken).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);

            // It leaves the semaphore's queue a moment later: until then it would take what is meant for the next wait.
            await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        stoppingToken.ThrowIfCancellationRequested();
    }

    private async Task TryLookAsync(long began, CancellationToken stoppingToken)
    {
        try
        {
            await LookAsync(began, stoppingToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // One entry that nobody foresaw must not be the end of the panel.
        catch (Exception unexpected) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(unexpected);
            await Task.Delay(LongestWait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Begins what is due, and takes down what was missed.</summary>
    private async Task LookAsync(long began, CancellationToken stoppingToken)
    {
        var (now, why) = (time.GetLocalNow(), Why(began));
        var due = new List<ScheduledRun>();
        var isNews = false;
        foreach (var entry in book.All.Where(entry => entry.IsOn))
        {
            if (entry.LookedAt > now + MostRepeated)
            {
                if (time.GetElapsedTime(began) > ClockFound)
                {
                    isNews = true;
                    book.Report(entry.Id, was => was with { LookedAt = now });
                }

                continue;
            }

            var moments = book.Calendar(entry.Timing).Between(entry.LookedAt, now, MostCounted).ToList();
            if (moments is not [.., var last])
            {
                continue;
            }

            isNews = true;
            var isDone = now - last <= Grace;
            var missed = moments.Count - (isDone ? 1 : 0);
            book.Report(entry.Id, was =>
            {
                var seen = was with { LookedAt = moments.Count < MostCounted ? last : now };
                return missed == 0 ? seen : seen.Miss(why, missed, moments[0], moments[missed - 1]);
            });
            if (isDone)
            {
                due.Add(new(last, entry));
            }
        }

        if (isNews)
        {
            await WriteAsync().ConfigureAwait(false);
        }

        foreach (var together in due.GroupBy(run => run.At).OrderBy(group => group.Key))
        {
            var task = RunAsync([.. together], stoppingToken);
            running[task] = true;
            _ = task.ContinueWith(done => running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Why what was due since the last look was not done in time.</summary>
    private Reason Why(long began)
    {
        var before = clockOffset;
        clockOffset = time.ClockOffset();
        var isSet = clockOffset - before > Grace;
        return before is null || (isSet && time.GetElapsedTime(began) <= ClockFound) ? TimeLapseFault.PoweredOff
            : isSet ? ScheduleFault.ClockSet
            : ScheduleFault.TooLate;
    }

    /// <summary>Does what is due at the same time, one after the other: the preset before the photo.</summary>
    private async Task RunAsync(IReadOnlyList<ScheduledRun> together, CancellationToken stoppingToken)
    {
        await Task.Yield();
        foreach (var (at, entry) in together)
        {
            // What was before it may have taken a while, and people may have thought better of it.
            if (book.All.FirstOrDefault(other => other.Id == entry.Id) is not { IsOn: true } now || now.Timing != entry.Timing || now.Task != entry.Task)
            {
                continue;
            }

            Reason? why = null;
            if (time.GetLocalNow() - at > Grace)
            {
                why = ScheduleFault.TooLate;
            }
            else if (!underWay.TryAdd(entry.Id, true))
            {
                why = ScheduleFault.UnderWay;
            }
            else
            {
                try
                {
                    await work.RunAsync(entry, stoppingToken).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
                {
                    why = TimeLapseFault.PoweredOff;
                }
                catch (SettingNotStoredException notStored)
                {
                    // It is done; a restart would forget it.
                    LogNotStored(notStored.Message);
                }
                catch (ReasonException refused)
                {
                    why = refused.Reason;
                }
#pragma warning disable CA1031 // Whatever fails, the others are done, and the entry says why this one was not.
                catch (Exception unexpected)
#pragma warning restore CA1031
                {
                    LogFailed(unexpected);
                    why = ScheduleFault.Failed(unexpected.Message);
                }
                finally
                {
                    underWay.TryRemove(entry.Id, out _);
                }
            }

            book.Report(entry.Id, was => why is null ? was with { LastAt = at } : was.Miss(why, 1, at, at));
        }

        await WriteAsync().ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        try
        {
            await book.WriteAsync().ConfigureAwait(false);
        }
        catch (SettingNotStoredException notStored)
        {
            LogNotStored(notStored.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "What the schedule says failed")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(LogLevel.Warning, "The schedule is not stored: {Reason}")]
    private partial void LogNotStored(string reason);
}
