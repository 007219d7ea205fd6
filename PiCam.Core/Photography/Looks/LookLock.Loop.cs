using Microsoft.Extensions.Logging;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Settings;

namespace PiCam.Core.Photography.Looks;

/// <content>Watching the frames: until they have come to rest, and for drift then.</content>
public sealed partial class LookLock
{
    // Quick enough for a lock that closes when the picture rests, slow enough to cost nothing.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    // A picture is decoded for it where the camera does not tell lux.
    private static readonly TimeSpan DriftInterval = TimeSpan.FromSeconds(5);
    private const int DriftWidth = 64;

    private SettleWatch? watch;
    private LookState? watched;
    private CameraControls? watchedControls;
    private TimeSpan driftMeasured;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            if (IsAtRest)
            {
                await changes.Reader.ReadAsync(stoppingToken).ConfigureAwait(false);
            }

            await Task.Delay(Tick, time, stoppingToken).ConfigureAwait(false);
            try
            {
                await LookAsync(time.GetElapsedTime(0)).ConfigureAwait(false);
                await WriteAsync().ConfigureAwait(false);
            }
            catch (SettingNotStoredException notStored)
            {
                LogNotStored(notStored);
            }
            catch (Exception refused) when (refused is InvalidValueException or CameraLostException)
            {
                // The camera was another one by the time it was to be set; the next look goes by the new one.
                LogRefused(refused.Message);
            }
        }
    }

    /// <summary>Nothing is locked, or to be written: a loop that looked all the same would wake an idle board.</summary>
    private bool IsAtRest
    {
        get
        {
            lock (gate)
            {
                return state.Condition == LookCondition.Free && isWritten;
            }
        }
    }

    private async Task LookAsync(TimeSpan now)
    {
        var standing = State;
        if (standing.Condition == LookCondition.Free
            || camera.State is not { Condition: CameraCondition.Live, Actual: { } frame, Capabilities: { } capabilities } seen)
        {
            // A lost camera settles from the start when it is back.
            watch = null;
            return;
        }

        switch (standing.Condition)
        {
            case LookCondition.Settling:
                await SettleAsync(standing, seen, frame, capabilities, now).ConfigureAwait(false);
                break;
            case LookCondition.Locked when standing.SettleEveryMinutes > 0
                && time.GetUtcNow() - standing.At >= TimeSpan.FromMinutes(standing.SettleEveryMinutes):
                await InTurnAsync(() => State.Condition == LookCondition.Locked ? SettleNowAsync(State.By ?? Caller.System.Name) : Task.CompletedTask)
                    .ConfigureAwait(false);
                break;
            case LookCondition.Locked when now - driftMeasured >= DriftInterval:
                driftMeasured = now;
                MeasureDrift(frame);
                break;
        }
    }

    private async Task SettleAsync(LookState standing, CameraState seen, FrameMetadata frame, CameraCapabilities capabilities, TimeSpan now)
    {
        if (watch is null || watched?.At != standing.At)
        {
            (watch, watched, watchedControls) = (new SettleWatch(now), standing, seen.Asked);
        }

        watch.Saw(frame);
        if (seen.Asked != watchedControls || seen.Pending.Any())
        {
            watchedControls = seen.Asked;
            watch.Restart(now);
        }

        if (!FrozenControls.AnyAutomatic(seen.Asked, capabilities))
        {
            await FreezeAsync(standing, frame, settled: true).ConfigureAwait(false);
        }
        else if (watch.Verdict(now) is { } settled)
        {
            await FreezeAsync(standing, frame, settled).ConfigureAwait(false);
        }
        else
        {
            var progress = watch.Progress(now);
            Change(s => s.Condition == LookCondition.Settling ? s with { Progress = progress } : s, lasting: false);
        }
    }

    private Task FreezeAsync(LookState standing, FrameMetadata frame, bool settled) => InTurnAsync(async () =>
    {
        // Somebody may have called it off, and begun anew.
        if (State is not { Condition: LookCondition.Settling } now || now.At != standing.At || camera.State.Capabilities is not { } capabilities)
        {
            return;
        }

        watch = null;
        driftMeasured = time.GetElapsedTime(0);
        var frozen = FrozenControls.Nothing;
        SettingNotStoredException? notStored = null;
        try
        {
            await camera.UpdateAsync(Caller.System, controls =>
            {
                frozen = FrozenControls.Take(controls, frame, capabilities);
                return frozen.On(controls);
            }).ConfigureAwait(false);
        }
        catch (SettingNotStoredException exception)
        {
            notStored = exception;
        }

        var picture = frame.Lux is null ? camera.Frames.Latest : null;
        Enter(Now(LookCondition.Locked, standing.By) with { Frozen = frozen, Settled = settled }, Light(frame, picture));
        LetGo();
        if (notStored is not null)
        {
            LogNotStored(notStored);
        }
    });

    private void MeasureDrift(FrameMetadata frame)
    {
        var picture = frame.Lux is null ? camera.Frames.Latest : null;
        var light = Light(frame, picture);
        lock (gate)
        {
            if (state.Condition == LookCondition.Locked && light.IsKnown && reference is not { IsKnown: true })
            {
                // Nobody watched when it was locked: the first picture after that is the measure.
                (reference, isWritten) = (light, false);
            }
        }

        Change(
            s =>
            {
                // What was warned of stays while there is nothing to measure.
                var stops = reference is null ? null : light.StopsFrom(reference);
                return s.Condition != LookCondition.Locked || stops is null
                    ? s
                    : s with { DriftStops = Math.Round(stops.Value, 1), HasDrifted = SceneLight.HasDrifted(stops, s.HasDrifted) };
            },
            lasting: false);
    }

    private static SceneLight Light(FrameMetadata newest, Frame? picture) =>
        picture is not null && JpegThumbnail.Grey(picture.Jpeg, DriftWidth) is { } grey
            ? SceneLight.Of(picture.Metadata, grey.Average(luma => (double)luma))
            : SceneLight.Of(newest, null);

    [LoggerMessage(LogLevel.Error, "The lock of the look is in force, but not stored")]
    private partial void LogNotStored(Exception exception);

    [LoggerMessage(LogLevel.Warning, "The look was not locked: {Reason}")]
    private partial void LogRefused(string reason);
}
