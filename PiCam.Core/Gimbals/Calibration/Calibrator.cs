using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PiCam.Core.Access;
using PiCam.Core.Settings;

namespace PiCam.Core.Gimbals.Calibration;

/// <summary>
/// Finds out what the servos can do, by a person who looks: small steps to both ends and to the middle. While it runs nobody
/// else aims, the axis creeps, and it never passes an end that was marked. What is found is kept, and goes before the
/// configuration.
/// </summary>
public sealed partial class Calibrator : IHostedService, IDisposable
{
    /// <summary>The largest step, in microseconds: about 5°.</summary>
    public const double LargestNudge = 50;

    /// <summary>Forgotten for so long, it ends by itself, and others may aim again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private const string SettingKey = "gimbal.calibration";

    // Seconds; 0 would be never.
    private const double AtOnce = 0.1;

    // Slow enough to stop in time at an end that nobody knows yet.
    private static readonly AxisSettings Creeping = new()
    {
        MinimumAngle = -360,
        MaximumAngle = 360,
        MaximumSpeed = 15,
        MaximumAcceleration = 60,
        MinimumPulse = PulseRange.Widest.Minimum,
        MaximumPulse = PulseRange.Widest.Maximum,
        DetachAfter = 0,
    };

    private readonly Gimbal gimbal;
    private readonly IOptions<GimbalOptions> options;
    private readonly ISettingsStore store;
    private readonly IAuditTrail? audit;
    private readonly ILogger<Calibrator> logger;
    private readonly SettingWriter<StoredCalibration> writer;
    private readonly ITimer forgotten;
    private readonly Lock gate = new();
    private StoredCalibration stored = new(null, null);
    private CalibrationRun? run;
    private string? session;

    public Calibrator(Gimbal gimbal, IOptions<GimbalOptions> options, ISettingsStore store, TimeProvider time, ILogger<Calibrator> logger, IAuditTrail? audit = null)
    {
        this.audit = audit;
        ArgumentNullException.ThrowIfNull(time);
        this.gimbal = gimbal;
        this.options = options;
        this.store = store;
        this.logger = logger;
        writer = new SettingWriter<StoredCalibration>(store, SettingKey, () => Stored);
        forgotten = time.CreateTimer(_ => End(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary><see cref="Run"/> or <see cref="Stored"/> changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    /// <summary>What was found so far, and is in force.</summary>
    public StoredCalibration Stored
    {
        get
        {
            lock (gate)
            {
                return stored;
            }
        }
    }

    /// <summary>The calibration that is under way; null: none.</summary>
    public CalibrationRun? Run
    {
        get
        {
            lock (gate)
            {
                return run;
            }
        }
    }

    /// <summary>Whether this session calibrates.</summary>
    public bool IsRunBy(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        lock (gate)
        {
            return run is not null && session == caller.Session;
        }
    }

    /// <summary>The pulse of an axis now, in microseconds.</summary>
    public double PulseOf(Axis axis) => gimbal.PulseOf(axis);

    /// <summary>What is in force for an axis.</summary>
    public AxisSettings SettingsOf(Axis axis) => gimbal.SettingsOf(axis);

    /// <summary>Begins with an axis, where it stands; one that was begun before by the same session is given up.</summary>
    /// <param name="caller">Needs <see cref="Permission.Calibrate"/>.</param>
    /// <param name="axis">Which one.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="GimbalMissingException">There is no gimbal.</exception>
    /// <exception cref="GimbalReservedException">Somebody else calibrates.</exception>
    public void Begin(Caller caller, Axis axis)
    {
        Demand(caller);
        gimbal.Reserve(caller);
        if (Run is { } before)
        {
            gimbal.Use(before.Axis, InForce(before.Axis));
        }

        lock (gate)
        {
            run = new CalibrationRun(axis, caller.Name);
            session = caller.Session;
            Remember();
        }

        gimbal.Use(axis, Creeping);
        Changed?.Invoke();
    }

    /// <summary>Makes the pulse a little longer or shorter; never past an end that was marked.</summary>
    /// <param name="caller">Who began it.</param>
    /// <param name="microseconds">−50 to 50.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">The step is too large, or this session calibrates nothing.</exception>
    public void Nudge(Caller caller, double microseconds)
    {
        var now = Mine(caller);
        if (!(Math.Abs(microseconds) <= LargestNudge))
        {
            throw new InvalidValueException(new InvalidValue(
                "nudge", string.Create(null, $"{microseconds} µs"), Allowed.Range($"-{LargestNudge} µs", $"{LargestNudge} µs")));
        }

        var degrees = microseconds / Creeping.PulsePerDegree;
        gimbal.RelativeMove(caller, now.Axis == Axis.Pan ? new PanTilt(degrees, 0) : new PanTilt(0, degrees));
    }

    /// <summary>The axis stands at the end of its shorter pulses, and goes no further from now on.</summary>
    /// <inheritdoc cref="Mark"/>
    public void MarkLowEnd(Caller caller) => Mark(caller, (found, pulse) => found with { LowEnd = pulse });

    /// <summary>The axis stands at the end of its longer pulses, and goes no further from now on.</summary>
    /// <inheritdoc cref="Mark"/>
    public void MarkHighEnd(Caller caller) => Mark(caller, (found, pulse) => found with { HighEnd = pulse });

    /// <summary>The camera looks straight ahead.</summary>
    /// <inheritdoc cref="Mark"/>
    public void MarkCentre(Caller caller) => Mark(caller, (found, pulse) => found with { Centre = pulse });

    /// <summary>Keeps what was found, puts it in force, and ends the calibration.</summary>
    /// <param name="caller">Who began it.</param>
    /// <param name="form">The rest.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">Something is missing or cannot work; the calibration goes on.</exception>
    /// <exception cref="SettingNotStoredException">It is in force, but a restart would forget it.</exception>
    public Task FinishAsync(Caller caller, CalibrationForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var found = Mine(caller);
        var settings = CalibrationRules.Settings(found, form);
        End();
        audit?.Record(caller, AuditAction.SettingChanged, $"calibration: {found.Axis}");
        return KeepAsync(found.Axis, settings);
    }

    /// <summary>Gives up what this session calibrates, if anything; what was in force before is again.</summary>
    public void Cancel(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        lock (gate)
        {
            if (session != caller.Session)
            {
                return;
            }
        }

        End();
    }

    public void Dispose() => forgotten.Dispose();

    /// <summary>Holds the axis where it is by pulses, or lets it go, for as long as it is not moved.</summary>
    internal void Hold(Caller caller, bool held)
    {
        var now = Mine(caller);
        gimbal.Use(now.Axis, Bounded(now) with { DetachAfter = held ? 0 : AtOnce });
        if (held)
        {
            gimbal.RelativeMove(caller, default);
        }
    }

    /// <summary>Whether the axis gets pulses.</summary>
    internal bool Holds(Axis axis) => gimbal.Holds(axis);

    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">This session calibrates nothing.</exception>
    internal CalibrationRun Mine(Caller caller)
    {
        Demand(caller);
        lock (gate)
        {
            if (run is null || session != caller.Session)
            {
                throw new InvalidValueException(new InvalidValue("calibration", "none", CalibrationRules.Begun));
            }

            Remember();
            return run;
        }
    }

    /// <param name="caller">Who began it.</param>
    /// <param name="change">What was found.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">This session calibrates nothing.</exception>
    private void Mark(Caller caller, Func<CalibrationRun, double, CalibrationRun> change)
    {
        var axis = Mine(caller).Axis;
        var pulse = Math.Round(gimbal.PulseOf(axis));
        CalibrationRun found;
        lock (gate)
        {
            found = run = change(run!, pulse);
        }

        gimbal.Use(axis, Bounded(found));
        Changed?.Invoke();
    }

    private static AxisSettings Bounded(CalibrationRun found) => Creeping with
    {
        MinimumPulse = found.LowEnd ?? Creeping.MinimumPulse,
        MaximumPulse = found.HighEnd ?? Creeping.MaximumPulse,
    };

    private void End()
    {
        Axis? ended;
        lock (gate)
        {
            ended = run?.Axis;
            run = null;
            session = null;
            forgotten.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        if (ended is { } axis)
        {
            gimbal.Use(axis, InForce(axis));
        }

        gimbal.Unreserve();
        Changed?.Invoke();
    }

    /// <summary>Call under the lock.</summary>
    private void Remember() => forgotten.Change(Patience, Timeout.InfiniteTimeSpan);

    private void Demand(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Calibrate);
        if (!gimbal.Exists)
        {
            throw new GimbalMissingException();
        }
    }
}
