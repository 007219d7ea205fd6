using Microsoft.Extensions.Logging;

namespace PiCam.Core.Gimbals;

/// <content>The loop: one step every 20 ms while something moves.</content>
public sealed partial class Gimbal
{
    // 20 times a second is as often as a page can show a change, and each report goes to every page.
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(1);

    private long? reportedAt;
    private long? loggedAt;

    private void OnStep()
    {
        double? panToSend;
        double? tiltToSend;
        lock (gate)
        {
            if (!running)
            {
                return;
            }

            if (continuousFor is { } lasting && time.GetElapsedTime(continuousSince) >= lasting)
            {
                continuousFor = null;
                pan.EndContinuousMove();
                tilt.EndContinuousMove();
            }

            pan.Advance();
            tilt.Advance();
            panToSend = pan.ToSend;
            tiltToSend = tilt.ToSend;
        }

        var broken = Send(pan, "pan", panToSend) ?? Send(tilt, "tilt", tiltToSend);
        bool report;
        lock (gate)
        {
            if (broken is not null)
            {
                pan.BreakOff();
                tilt.BreakOff();
                continuousFor = null;
                fault = broken;
            }
            else if (panToSend is not null || tiltToSend is not null)
            {
                fault = null;
            }

            running = !stopped && (pan.Moving || tilt.Moving);
            report = !running || reportedAt is not { } at || time.GetElapsedTime(at) >= ReportInterval;
            if (report)
            {
                reportedAt = time.GetTimestamp();
            }

            if (running)
            {
                // Armed anew after each step: a slow bus delays the next step instead of piling steps up.
                timer.Change(Step, Timeout.InfiniteTimeSpan);
            }
        }

        if (report)
        {
            Changed?.Invoke();
        }
    }

    /// <returns>Null, or why the servo could not be told.</returns>
    private Reason? Send(GimbalAxis axis, string name, double? degrees)
    {
        if (degrees is not { } angle)
        {
            return null;
        }

        try
        {
            axis.Send(angle);
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

            return axis == pan ? GimbalFault.Pan(e.Message) : GimbalFault.Tilt(e.Message);
        }

        lock (gate)
        {
            axis.WasSent(angle);
        }

        return null;
    }

    [LoggerMessage(LogLevel.Error, "The {Axis} servo failed; the move was broken off")]
    private partial void LogFault(Exception exception, string axis);
}
