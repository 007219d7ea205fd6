using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PiCam.Core.Access;
using PiCam.Core.Clocks;
using PiCam.Core.Settings;

namespace PiCam.Core.Media;

/// <summary>Lets pictures and films go, the oldest first and never protected ones, as the owner has said: for free room, for a quota, for their age.</summary>
public sealed partial class MediaRetention : BackgroundService
{
    /// <summary>How often it looks for free room.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>
    /// For so long the clock must have gone evenly before anything goes for its age: one that was set a year ahead makes everything old at once, and
    /// a board without a clock of its own does not know the time when it starts.
    /// </summary>
    public static readonly TimeSpan SteadyTime = TimeSpan.FromHours(1);

    private const string SettingKey = "media-rules";

    // So few that somebody who takes a picture meanwhile does not notice.
    private const int Batch = 25;

    // Ages grow slowly, and to add up a large library takes a moment.
    private static readonly TimeSpan SlowInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    private readonly MediaLibrary library;
    private readonly IMediaFiles files;
    private readonly CheckedSetting<MediaRules> rules;
    private readonly TimeProvider time;
    private readonly ILogger<MediaRetention> logger;
    private readonly IAuditTrail? audit;
    private long steadySince;
    private TimeSpan clockOffset;
    private long lookedAt;
    private volatile bool hasNewRules = true;

    public MediaRetention(
        MediaLibrary library, IMediaFiles files, ISettingsStore store, IOptions<MediaOptions> options, TimeProvider time, ILogger<MediaRetention> logger,
        IAuditTrail? audit = null)
    {
        this.audit = audit;
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        this.library = library;
        this.files = files;
        this.time = time;
        this.logger = logger;
        rules = new(store, SettingKey, new MediaRules { ReserveMegabytes = options.Value.Reserve }, r => r.Check());
        rules.Changed += () =>
        {
            hasNewRules = true;
            Changed?.Invoke();
        };
        steadySince = time.GetTimestamp();
        clockOffset = time.ClockOffset();
    }

    /// <summary><see cref="Rules"/> changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    /// <summary>What is in force.</summary>
    public MediaRules Rules => rules.Value;

    /// <summary>Changes the rules. What they take goes soon after, for good: see <see cref="PreviewAsync"/>.</summary>
    /// <param name="caller">Needs <see cref="Permission.ManageStorage"/>.</param>
    /// <param name="change">Makes the new rules from the present ones.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">They cannot be used; nothing was changed.</exception>
    /// <exception cref="SettingNotStoredException">They are in force, but a restart would forget them.</exception>
    public async Task SetAsync(Caller caller, Func<MediaRules, MediaRules> change)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.ManageStorage);
        await rules.ChangeAsync(change).ConfigureAwait(false);
        audit?.Record(caller, AuditAction.SettingChanged, "storage");
    }

    /// <summary>What would go at once if these rules were in force.</summary>
    /// <param name="caller">Needs <see cref="Permission.ManageStorage"/>.</param>
    /// <param name="wanted">The rules; those in force are not touched.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">They cannot be used.</exception>
    public async Task<MediaLoss> PreviewAsync(Caller caller, MediaRules wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(wanted);
        caller.Demand(Permission.ManageStorage);
        if (wanted.Check() is { Count: > 0 } errors)
        {
            throw new InvalidValueException(errors);
        }

        var ends = wanted.Ends(time.GetUtcNow());
        var oldestFirst = await library.ExpendableAsync(cancellationToken).ConfigureAwait(false);
        var missing = Math.Max(MissingOnDisk(wanted), await MissingInQuotaAsync(wanted, cancellationToken).ConfigureAwait(false));
        var loss = new MediaLoss(0, 0);
        foreach (var item in oldestFirst.OrderByDescending(IsOld))
        {
            // What is deleted already goes first, and is no loss.
            if (IsOld(item) || missing > 0)
            {
                loss = item.IsDeleted ? loss : new MediaLoss(loss.Count + 1, loss.Bytes + item.Bytes);
                missing -= item.Bytes;
            }
        }

        return loss;

        bool IsOld(MediaExpendable item) => !item.IsDeleted && ends.TryGetValue(item.Kind, out var end) && item.TakenAt < end;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await rules.LoadAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await EnforceAsync(stoppingToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // A disk can fail in any way, and the panel goes on without this: it is tried again.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogPutOff(exception);
            }
        }
    }

    /// <summary>Lets go what has to go now.</summary>
    internal async Task EnforceAsync(CancellationToken cancellationToken)
    {
        var isSteady = IsClockSteady();
        await LetGoAsync(MissingOnDisk(Rules), cancellationToken).ConfigureAwait(false);
        if (!hasNewRules && time.GetElapsedTime(lookedAt) < SlowInterval)
        {
            return;
        }

        hasNewRules = false;
        lookedAt = time.GetTimestamp();
        var now = Rules;
        if (isSteady && now.KeepDays.Count > 0)
        {
            var gone = 0;
            while (await library.LetGoOldAsync(Batch, now.Ends(time.GetUtcNow()), cancellationToken).ConfigureAwait(false) is { Count: > 0 } some)
            {
                gone += some.Count;
            }

            if (gone > 0)
            {
                LogOld(gone);
            }
        }

        await LetGoAsync(await MissingInQuotaAsync(now, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    // By what went, not by what the disk says: it may say late that a file has gone, or not at all while somebody reads it.
    private async Task LetGoAsync(long missing, CancellationToken cancellationToken)
    {
        var gone = 0;
        while (missing > 0 && await library.LetGoAsync(Batch, missing, cancellationToken).ConfigureAwait(false) is { Count: > 0 } some)
        {
            gone += some.Count;
            missing -= some.Sum(item => item.Bytes);
        }

        if (gone > 0)
        {
            LogGone(gone);
        }
    }

    private long MissingOnDisk(MediaRules some) =>
        some.ReserveMegabytes > 0 && files.Look() is { IsWritable: true, FreeBytes: { } free } ? some.ReserveBytes - free : 0;

    private async Task<long> MissingInQuotaAsync(MediaRules some, CancellationToken cancellationToken) =>
        some.QuotaBytes is { } quota ? await library.BytesAsync(cancellationToken).ConfigureAwait(false) - quota : 0;

    private bool IsClockSteady()
    {
        var offset = time.ClockOffset();
        if ((offset - clockOffset).Duration() > ClockTolerance)
        {
            (clockOffset, steadySince) = (offset, time.GetTimestamp());
        }

        return time.GetElapsedTime(steadySince) >= SteadyTime;
    }

    [LoggerMessage(LogLevel.Information, "{Count} of the oldest pictures and films went to make room")]
    private partial void LogGone(int count);

    [LoggerMessage(LogLevel.Information, "{Count} pictures and films went for their age")]
    private partial void LogOld(int count);

    [LoggerMessage(LogLevel.Error, "Pictures and films that have to go could not be removed; this is tried again")]
    private partial void LogPutOff(Exception exception);
}
