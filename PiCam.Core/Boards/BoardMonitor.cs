using Microsoft.Extensions.Hosting;

namespace PiCam.Core.Boards;

/// <summary>Reads the board's health every few seconds and says what people should know of it.</summary>
public sealed class BoardMonitor(IBoard board, TimeProvider time) : BackgroundService
{
    /// <summary>Often enough to catch what the firmware reports of the last seconds; a reading takes about a millisecond.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // A supply is weak in moments: when the camera starts, when a servo moves. Who looks later should still read of it.
    private static readonly TimeSpan WarningLasts = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private BoardHealth health = new();
    private IReadOnlyList<Reason> warnings = [];
    private long? weakAt;

    /// <summary>There is a new reading. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    /// <summary>The newest reading; empty before the host started.</summary>
    public BoardHealth Health
    {
        get
        {
            lock (gate)
            {
                return health;
            }
        }
    }

    /// <summary>What everybody who has the page open should read; mostly nothing.</summary>
    public IReadOnlyList<Reason> Warnings
    {
        get
        {
            lock (gate)
            {
                return warnings;
            }
        }
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // The first reading before anybody can ask.
        Read();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            Read();
        }
    }

    private void Read()
    {
        var next = board.Read();
        lock (gate)
        {
            // What happened before the first reading counts as news, once.
            var flags = next.Power ?? PowerFlags.None;
            var risen = flags & ~(health.Power ?? PowerFlags.None);
            if (flags.HasFlag(PowerFlags.UnderVoltage) || risen.HasFlag(PowerFlags.UnderVoltageOccurred))
            {
                weakAt = time.GetTimestamp();
            }

            health = next;
            warnings = [.. Warn(flags)];
        }

        Changed?.Invoke();
    }

    private IEnumerable<Reason> Warn(PowerFlags flags)
    {
        if (weakAt is { } at && time.GetElapsedTime(at) < WarningLasts)
        {
            yield return BoardFault.WeakSupply;
        }

        // A weak supply throttles, too; heat is meant only where the temperature says so.
        if (flags.HasFlag(PowerFlags.Throttled) && health.Temperature >= 80)
        {
            yield return BoardFault.TooHot;
        }
    }
}
