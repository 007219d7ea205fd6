using PiCam.Core.Access;

namespace PiCam.Core.Gimbals;

/// <content>For calibration: other settings while it runs, and nobody else at the controls.</content>
public sealed partial class Gimbal
{
    private volatile Caller? reservedFor;

    /// <summary>What an axis is to do and not to do.</summary>
    internal AxisSettings SettingsOf(Axis axis)
    {
        lock (gate)
        {
            return Of(axis).Settings;
        }
    }

    /// <summary>The pulse of an axis's present angle, in microseconds; sent, or to be sent with the next move.</summary>
    internal double PulseOf(Axis axis)
    {
        lock (gate)
        {
            return Of(axis).Pulse;
        }
    }

    /// <summary>Whether an axis's servo gets pulses.</summary>
    internal bool Holds(Axis axis)
    {
        lock (gate)
        {
            return Of(axis).IsHeld;
        }
    }

    /// <summary>Puts other settings in force. Nothing moves, and a move that is under way ends.</summary>
    /// <param name="axis">Of which axis.</param>
    /// <param name="settings">Already validated.</param>
    internal void Use(Axis axis, AxisSettings settings)
    {
        lock (gate)
        {
            Of(axis).Use(settings);
            Arm(stepping ? Step : NextDetach());
        }

        Changed?.Invoke();
    }

    /// <summary>Ends what moves, and lets only this session aim until <see cref="Unreserve"/>.</summary>
    /// <exception cref="GimbalReservedException">Another session has it.</exception>
    internal void Reserve(Caller caller)
    {
        lock (gate)
        {
            Demand(caller);
            reservedFor = caller;
        }

        Stop(caller);
    }

    /// <summary>Lets everybody aim again.</summary>
    internal void Unreserve()
    {
        lock (gate)
        {
            reservedFor = null;
        }
    }

    private GimbalAxis Of(Axis axis) => axis == Axis.Pan ? pan : tilt;
}
