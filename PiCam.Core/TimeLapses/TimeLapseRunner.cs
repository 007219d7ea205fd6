using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Clocks;
using PiCam.Core.Media;
using PiCam.Core.Photography.Looks;
using PiCam.Core.Settings;
using PiCam.Core.Stills;

namespace PiCam.Core.TimeLapses;

/// <summary>
/// Takes the pictures of the time-lapse that runs. Between them it holds no lease on the camera: while nobody watches, nothing is
/// encoded; the sensor and its automatic exposure go on, so that the next picture is exposed right at once.
/// </summary>
public sealed partial class TimeLapseRunner : BackgroundService
{
    // How far it has come is written to disk so often at most; the library knows the pictures after that.
    private static readonly TimeSpan WriteInterval = TimeSpan.FromSeconds(10);

    // Somebody may set the clock on the wall meanwhile.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly TimeLapseBook book;
    private readonly CameraSession camera;
    private readonly TimeLapseExposure exposure;
    private readonly PictureKeeper keeper;
    private readonly MediaLibrary library;
    private readonly MediaUpkeep upkeep;
    private readonly LookLock look;
    private readonly PlaceSetting place;
    private readonly TimeProvider time;
    private readonly ILogger<TimeLapseRunner> logger;
    private readonly Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock gate = new();
    private CancellationTokenSource ending = new();
    private TimeLapse? current;
    private TimeSpan written;
    private bool holdsLook;

    public TimeLapseRunner(
        TimeLapseBook book,
        CameraSession camera,
        PictureKeeper keeper,
        MediaLibrary library,
        MediaUpkeep upkeep,
        LookLock look,
        PlaceSetting place,
        TimeProvider time,
        ILogger<TimeLapseRunner> logger)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(place);
        this.book = book;
        this.camera = camera;
        exposure = new TimeLapseExposure(camera);
        this.keeper = keeper;
        this.library = library;
        this.upkeep = upkeep;
        this.look = look;
        this.place = place;
        this.time = time;
        this.logger = logger;
        book.Changed += Follow;
        place.Changed += Replan;
    }

    // Never goes back, whoever sets the clock.
    private TimeSpan Now => time.GetElapsedTime(0);

    public override void Dispose()
    {
        book.Changed -= Follow;
        place.Changed -= Replan;
        ending.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Files that the end before this start left without a line in the index must have one.
            await upkeep.WhenReconciledAsync(stoppingToken).ConfigureAwait(false);
            while (true)
            {
                if (book.Running is { } lapse)
                {
                    await RunAsync(lapse, stoppingToken).ConfigureAwait(false);
                }
                else
                {
                    await changes.Reader.ReadAsync(stoppingToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await WriteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Any thread: ends the run that is no longer wanted.</summary>
    private void Follow()
    {
        CancellationTokenSource? over;
        lock (gate)
        {
            over = current is { } mine && (book.Running is not { } running || running.Id != mine.Id || running.Run != mine.Run) ? ending : null;
        }

        // Outside the lock: what waits for it may go on in this call.
        over?.Cancel();
        changes.Writer.TryWrite(true);
    }

    /// <summary>Any thread: daylight begins and ends at other times, so the run plans anew.</summary>
    private void Replan()
    {
        CancellationTokenSource? over;
        lock (gate)
        {
            over = current?.Plan.ByDaylight == true ? ending : null;
        }

        over?.Cancel();
    }

    private async Task RunAsync(TimeLapse run, CancellationToken stoppingToken)
    {
        CancellationToken ended;
        lock (gate)
        {
            (ending, current, holdsLook) = (new CancellationTokenSource(), run, run.HoldsLook);
            ended = ending.Token;
        }

        exposure.Forget();
        Follow();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ended, stoppingToken);
        try
        {
            LogBegins(run.Plan.Name);
            var pace = await ResumeAsync(run, over.Token).ConfigureAwait(false);
            await TakeAllAsync(run, pace, over.Token, stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested && !stoppingToken.IsCancellationRequested)
        {
            LogStopped(run.Plan.Name);
        }
#pragma warning disable CA1031 // Whatever fails, the time-lapse goes on: it is begun again in a while.
        catch (Exception unexpected) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(unexpected);
            var wall = time.GetLocalNow();
            book.Report(run, lapse => lapse.Miss(TimeLapseFault.Failed(unexpected.Message), 1, wall, wall));
            await Task.Delay(LongestWait, time, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stoppingToken.ThrowIfCancellationRequested();
        }

        if (book.Running?.Id != run.Id)
        {
            await ReleaseLookAsync(run).ConfigureAwait(false);
        }

        await WriteAsync().ConfigureAwait(false);
    }

    private async Task TakeAllAsync(TimeLapse run, TimeLapsePace pace, CancellationToken over, CancellationToken stoppingToken)
    {
        var names = new TimeLapseNames(run.Plan);
        while (true)
        {
            over.ThrowIfCancellationRequested();
            var (now, wall) = (Now, time.GetLocalNow());
            CountPowerOff(run, now, wall);
            var next = Find(run)?.Left <= 0 ? null : pace.Next(now, wall);
            if (next is null || next.At >= run.Plan.Until)
            {
                LogEnds(run.Plan.Name);
                book.Report(run, lapse => lapse with { Condition = TimeLapseCondition.Finished, Next = null });
                return;
            }

            if (Find(run)?.Next != next.At)
            {
                book.Report(run, lapse => lapse with { Next = next.At });
            }

            if (next.Due > now)
            {
                // The timers of the system count in milliseconds.
                var wait = TimeSpan.FromMilliseconds(Math.Ceiling((next.Due - now).TotalMilliseconds));
                await Task.Delay(wait < LongestWait ? wait : LongestWait, time, over).ConfigureAwait(false);
                continue;
            }

            await TakeAsync(run, names, next, stoppingToken).ConfigureAwait(false);
            if (pace.Passed(Now) > 0 && LeftOut(run, next.At) is var late and > 0)
            {
                var interval = run.Plan.Interval;
                book.Report(run, lapse => lapse.Miss(TimeLapseFault.TooSlow, late, next.At + interval, next.At + (interval * late)));
            }

            if (Now - written >= WriteInterval)
            {
                await WriteAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Takes one picture and keeps it, or takes down why there is none. Who stops the time-lapse now still gets it.</summary>
    private async Task TakeAsync(TimeLapse run, TimeLapseNames names, PacedPicture due, CancellationToken stoppingToken)
    {
        var began = Now;
        Reason why;
        try
        {
            var request = await exposure.RequestAsync(run.Plan, stoppingToken).ConfigureAwait(false);
            var frame = await camera.CaptureAsync(Caller.System, request, stoppingToken).ConfigureAwait(false);
            var takenAt = time.GetLocalNow();
            var number = (Find(run)?.Taken ?? 0) + 1;
            var media = new NewMedia(MediaKind.TimeLapse, names.Of(number, takenAt)) { TakenAt = takenAt, Sequence = run.Sequence, By = run.By };
            var wishes = new PictureWishes { Counter = number, Quality = run.Plan.Quality };
            await keeper.KeepAsync(Caller.System, frame, media, request.Loan, wishes).ConfigureAwait(false);
            book.Report(run, lapse => lapse with { Taken = number, LastAt = due.At, PictureTime = Now - began });
            return;
        }
        catch (ReasonException failed)
        {
            why = failed.Reason;
        }
#pragma warning disable CA1031 // One picture that fails for whatever reason must not be the end of the others.
        catch (Exception unexpected) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(unexpected);
            why = TimeLapseFault.Failed(unexpected.Message);
        }

        // The light may be another one by the time that pictures come again.
        exposure.Forget();
        book.Report(run, lapse => lapse.Miss(why, 1, due.At, due.At));
    }

    /// <summary>How many pictures after one were due and came too late: none outside the hours, and none after the end.</summary>
    private int LeftOut(TimeLapse run, DateTimeOffset at)
    {
        var wall = time.GetLocalNow();
        var end = run.Plan.Until is { } until && until < wall ? until : wall;

        // One that is late by less than an interval is still taken, unless only the full minute, say, will do.
        var due = book.Schedule(run.Plan).CountDue(at, end) - (run.Plan.IsAligned ? 0 : 1);
        return Math.Min(due, Find(run)?.Left ?? int.MaxValue);
    }

    private TimeLapse? Find(TimeLapse run) => book.All.FirstOrDefault(lapse => lapse.Id == run.Id);

    private async Task WriteAsync()
    {
        written = Now;
        try
        {
            await book.WriteAsync().ConfigureAwait(false);
        }
        catch (SettingNotStoredException notStored)
        {
            // A full disk, mostly. The library knows what was taken; what was missed is written when it can be.
            LogNotStored(notStored);
        }
    }

    [LoggerMessage(LogLevel.Information, "The time-lapse {Name} begins or goes on")]
    private partial void LogBegins(string name);

    [LoggerMessage(LogLevel.Information, "The time-lapse {Name} was stopped")]
    private partial void LogStopped(string name);

    [LoggerMessage(LogLevel.Information, "The time-lapse {Name} has come to its end")]
    private partial void LogEnds(string name);

    [LoggerMessage(LogLevel.Error, "A picture of a time-lapse failed")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(LogLevel.Error, "How far the time-lapse has come is not stored")]
    private partial void LogNotStored(Exception exception);
}
