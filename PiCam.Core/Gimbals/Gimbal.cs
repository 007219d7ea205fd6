using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PiCam.Core.Access;

namespace PiCam.Core.Gimbals;

/// <summary>
/// The only one that talks to the servos. Commands replace one another, the last one wins; one 50 Hz loop, which runs only
/// while something moves, takes the axes there by <see cref="SlewProfile"/>.
/// </summary>
/// <remarks>
/// Open loop: at start the gimbal is taken to be where the hardware still holds it, else where it was sent last, else at home,
/// and the servos are told nothing until the first command; that first move tells both of them, whether or not their angle
/// changes. A servo at rest gets no pulses after a while (<see cref="AxisSettings.DetachAfter"/>).
/// </remarks>
public sealed partial class Gimbal : IHostedService, IAsyncDisposable
{
    /// <summary>The loop's step: a hobby servo takes one pulse in 20 ms, so writing more often moves nothing.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a continuous move goes on without renewal when the caller does not say (the dead man).</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The longest time-out of a continuous move.</summary>
    public static readonly TimeSpan MaximumTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan TakeOverInterval = TimeSpan.FromSeconds(10);

    private readonly GimbalHardware? hardware;
    private readonly TimeProvider time;
    private readonly IAuditTrail? audit;
    private readonly ILogger<Gimbal> logger;
    private readonly GimbalAxis pan;
    private readonly GimbalAxis tilt;
    private readonly Lock gate = new();
    private readonly ITimer timer;
    private bool armed;
    private bool stepping;
    private bool stopped;
    private long continuousSince;
    private TimeSpan? continuousFor;
    private string? movedBy;
    private string? moverSession;
    private long? takenOverAt;
    private Reason? fault;

    /// <param name="options">The limits; already validated.</param>
    /// <param name="time">Drives the loop and the dead man.</param>
    /// <param name="logger">Hears of servo faults.</param>
    /// <param name="hardware">Null: this panel has no gimbal.</param>
    /// <param name="audit">Hears who took over from whom.</param>
    public Gimbal(
        IOptions<GimbalOptions> options, TimeProvider time, ILogger<Gimbal> logger, GimbalHardware? hardware = null, IAuditTrail? audit = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        this.hardware = hardware;
        this.time = time;
        this.logger = logger;
        this.audit = audit;
        var pulses = hardware?.Pulses ?? PulseRange.Careful;
        pan = new GimbalAxis(options.Value.Pan, hardware?.Pan, pulses);
        tilt = new GimbalAxis(options.Value.Tilt, hardware?.Tilt, pulses);
        workingSince = time.GetTimestamp();
        timer = time.CreateTimer(_ => OnStep(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether this panel has a gimbal. Without one every command throws <see cref="GimbalMissingException"/>.</summary>
    public bool Exists => hardware is not null;

    /// <summary>One line for the console and the status page.</summary>
    public Reason? Description => hardware?.Description;

    /// <summary>The servos tremble, as their pulses are timed by a program; people are told.</summary>
    public bool Trembles => hardware?.Trembles == true;

    /// <summary>What the pan axis may do.</summary>
    public AxisLimits PanLimits => pan.Limits;

    /// <summary>What the tilt axis may do.</summary>
    public AxisLimits TiltLimits => tilt.Limits;

    /// <summary>Where <see cref="GotoHome"/> goes, in degrees.</summary>
    public PanTilt Home => new(pan.Home, tilt.Home);

    /// <summary>
    /// <see cref="Status"/> changed: at most about 20 times a second while something moves, once more when it has come to
    /// rest, and when somebody stops it; otherwise never while idle. Raised on the loop's thread; handlers must return quickly and not throw.
    /// </summary>
    public event Action? Changed;

    /// <summary>Where the gimbal was sent and what it does now.</summary>
    public GimbalStatus Status
    {
        get
        {
            lock (gate)
            {
                return new GimbalStatus(
                    new(pan.Angle, tilt.Angle), new(pan.Target, tilt.Target), pan.Moving || tilt.Moving, movedBy, fault);
            }
        }
    }

    /// <summary>The name of who moves the gimbal now, when that is not <paramref name="caller"/>'s own session; else null.</summary>
    public string? MovedByAnother(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        lock (gate)
        {
            return (pan.Moving || tilt.Moving) && moverSession != caller.Session ? movedBy : null;
        }
    }

    /// <summary>Whether the newest command came from this caller's session.</summary>
    internal bool IsLedBy(Caller caller)
    {
        lock (gate)
        {
            return moverSession == caller.Session;
        }
    }

    /// <summary>Finds out where the servos stand, where the hardware knows. They are told nothing until somebody aims.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (axis, name) in new[] { (pan, "pan"), (tilt, "tilt") })
        {
            try
            {
                if (axis.Read() is { } angle)
                {
                    lock (gate)
                    {
                        axis.StandAt(angle);
                    }
                }
            }
#pragma warning disable CA1031 // A gimbal that does not answer is shown as such; it must not keep the panel from starting.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogFault(e, name);
                fault = GimbalFault.From(e, axis == pan ? Axis.Pan : Axis.Tilt);
            }
        }

        // What a PiCam that was killed left held is let go in time, too.
        lock (gate)
        {
            Arm(NextDetach());
        }

        return Task.CompletedTask;
    }

    /// <summary>Ends the loop at once, and the pulses of every axis that may go without; later commands do nothing.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync().ConfigureAwait(false);
        foreach (var (axis, name) in new[] { (pan, "pan"), (tilt, "tilt") })
        {
            if (axis.IsHeld && axis.Settings.DetachAfter > 0)
            {
                Send(axis, name, null, detach: true);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (gate)
        {
            stopped = true;
            stepping = false;
            armed = false;
        }

        // Returns when a step that is under way has ended, so nobody writes to servos that are disposed next.
        return timer.DisposeAsync();
    }
}
