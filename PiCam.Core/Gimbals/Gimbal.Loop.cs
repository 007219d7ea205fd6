using Microsoft.Extensions.Logging;

namespace PiCam.Core.Gimbals;

/// <content>The loop: one step every 20 ms while something moves; now and then while a servo is to be let go or tried again.</content>
public sealed partial class Gimbal
{
    // 20 times a second is as often as a page can show a change, and each report goes to every page.
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(50);

    // Not zero: whoever aims must not run the step.
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(1);

    // One transfer in thousands fails on long wires; it is simply written again with the next step.
    private const int GlitchesAllowed = 2;

    private readonly Backoff backoff = new(Random.Shared);
    private int failures;
    private long workingSince;
    private long steppedAt;
    private long? reportedAt;
    private long? loggedAt;

    private void OnStep()
    {
        double? panToSend;
        double? tiltToSend;
        bool detachPan;
        bool detachTilt;
        lock (gate)
        {
            if (!armed)
            {
                return;
            }

            if (continuousFor is { } lasting && time.GetElapsedTime(continuousSince) >= lasting)
            {
                continuousFor = null;
                pan.EndContinuousMove();
                tilt.EndContinuousMove();
            }

            steppedAt = time.GetTimestamp();
            pan.Advance();
            tilt.Advance();
            panToSend = pan.ToSend;
            tiltToSend = tilt.ToSend;
            detachPan = pan.LetsGo(time);
            detachTilt = tilt.LetsGo(time);
        }

        var broken = Send(pan, "pan", panToSend, detachPan) ?? Send(tilt, "tilt", tiltToSend, detachTilt);
        if (Finish(broken, panToSend is not null || tiltToSend is not null))
        {
            Report();
        }
    }

    private void Report()
    {
        try
        {
            Changed?.Invoke();
        }
#pragma warning disable CA1031 // On the timer's thread an exception would end the whole panel, for a handler that failed to hear the news.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogUnheard(e);
        }
    }

    /// <returns>Whether people should be told.</returns>
    private bool Finish(Reason? broken, bool sent)
    {
        lock (gate)
        {
            var before = fault;
            if (broken is not null)
            {
                if (failures == 0)
                {
                    backoff.ReportHealthy(time.GetElapsedTime(workingSince));
                }

                if (++failures > GlitchesAllowed)
                {
                    pan.BreakOff();
                    tilt.BreakOff();
                    continuousFor = null;
                    fault = broken;
                }
            }
            else if (sent)
            {
                if (failures > 0)
                {
                    workingSince = time.GetTimestamp();
                }

                failures = 0;
                fault = null;
            }

            var moving = pan.Moving || tilt.Moving;
            var wasStepping = stepping;
            stepping = !stopped && failures <= GlitchesAllowed && (moving || failures > 0);

            // Armed anew after each step: a slow bus delays the next step instead of piling steps up.
            Arm(stepping ? Step : failures > 0 ? backoff.Next() : NextDetach());
            var report = before != fault || (wasStepping && !stepping)
                || (stepping && (reportedAt is not { } at || time.GetElapsedTime(at) >= ReportInterval));
            if (report)
            {
                reportedAt = time.GetTimestamp();
            }

            return report;
        }
    }

    private TimeSpan? NextDetach() => (pan.DetachesIn(time), tilt.DetachesIn(time)) switch
    {
        ({ } one, { } other) => one < other ? one : other,
        var (one, other) => one ?? other,
    };

    private void Arm(TimeSpan? due)
    {
        armed = !stopped && due is not null;
        if (armed)
        {
            timer.Change(due!.Value, Timeout.InfiniteTimeSpan);
        }
    }

    /// <returns>Null, or why the servo could not be told.</returns>
    private Reason? Send(GimbalAxis axis, string name, double? degrees, bool detach)
    {
        if (degrees is null && !detach)
        {
            return null;
        }

        try
        {
            if (degrees is { } angle)
            {
                axis.Send(angle);
            }
            else
            {
                axis.Detach();
            }
        }
#pragma warning disable CA1031 // Whatever a servo driver throws ends the motion and is shown; it must not end the panel.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (loggedAt is not { } at || time.GetElapsedTime(at) >= LogInterval)
            {
                loggedAt = time.GetTimestamp();
                LogFault(e, name);
            }

            return GimbalFault.From(e, axis == pan ? Axis.Pan : Axis.Tilt);
        }

        lock (gate)
        {
            if (degrees is { } angle)
            {
                axis.WasSent(angle);
            }
            else
            {
                axis.WasDetached();
            }
        }

        return null;
    }

    [LoggerMessage(LogLevel.Error, "Somebody who follows the gimbal failed")]
    private partial void LogUnheard(Exception exception);

    [LoggerMessage(LogLevel.Error, "The {Axis} servo failed")]
    private partial void LogFault(Exception exception, string axis);
}
