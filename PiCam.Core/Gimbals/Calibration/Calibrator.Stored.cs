using Microsoft.Extensions.Logging;
using PiCam.Core.Access;
using PiCam.Core.Settings;

namespace PiCam.Core.Gimbals.Calibration;

/// <content>What is kept of calibrations, and put in force.</content>
public sealed partial class Calibrator
{
    /// <summary>Forgets what was found of an axis; the configuration holds again.</summary>
    /// <param name="caller">Needs <see cref="Permission.Calibrate"/>.</param>
    /// <param name="axis">Which one.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="GimbalMissingException">There is no gimbal.</exception>
    /// <exception cref="GimbalReservedException">Somebody else calibrates.</exception>
    /// <exception cref="SettingNotStoredException">It is forgotten, but a restart would bring it back.</exception>
    public Task ResetAsync(Caller caller, Axis axis)
    {
        Demand(caller);
        gimbal.Reserve(caller);
        End();
        return KeepAsync(axis, null);
    }

    /// <summary>Takes over what was stored, before the gimbal looks where its servos stand.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await store.LoadAsync<StoredCalibration>(SettingKey, cancellationToken).ConfigureAwait(false) is { } found)
        {
            Take(Axis.Pan, found.Pan);
            Take(Axis.Tilt, found.Tilt);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task KeepAsync(Axis axis, AxisSettings? settings)
    {
        lock (gate)
        {
            stored = axis == Axis.Pan ? stored with { Pan = settings } : stored with { Tilt = settings };
        }

        gimbal.Use(axis, InForce(axis));
        Changed?.Invoke();
        await writer.WriteAsync().ConfigureAwait(false);
    }

    private void Take(Axis axis, AxisSettings? settings)
    {
        if (settings is null)
        {
            return;
        }

        if (AxisRules.Check(settings) is [var error, ..])
        {
            LogUnfit(axis, error.ToString());
            return;
        }

        lock (gate)
        {
            stored = axis == Axis.Pan ? stored with { Pan = settings } : stored with { Tilt = settings };
        }

        gimbal.Use(axis, settings);
    }

    private AxisSettings InForce(Axis axis) => axis == Axis.Pan ? Stored.Pan ?? options.Value.Pan : Stored.Tilt ?? options.Value.Tilt;

    [LoggerMessage(LogLevel.Warning, "The stored calibration of {Axis} is not used: {Error}")]
    private partial void LogUnfit(Axis axis, string error);
}
