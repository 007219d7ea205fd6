using PiCam.Core.Access;

namespace PiCam.Core.Gimbals;

/// <content>What people and programs ask for, in ONVIF's words.</content>
public sealed partial class Gimbal
{
    /// <summary>Goes to an angle.</summary>
    /// <param name="caller">Needs <see cref="Permission.Aim"/>.</param>
    /// <param name="panDegrees">Null: this axis goes on with what it does.</param>
    /// <param name="tiltDegrees">Null: this axis goes on with what it does.</param>
    /// <param name="speed">Above 0 to 1 of each axis's maximum speed.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="GimbalMissingException">There is no gimbal.</exception>
    /// <exception cref="InvalidValueException">An angle lies outside the axis's limits, both are null, or the speed cannot be.</exception>
    public void AbsoluteMove(Caller caller, double? panDegrees, double? tiltDegrees, double speed = 1)
    {
        Demand(caller);
        Refuse([.. GimbalRules.CheckAngles(panDegrees, tiltDegrees, pan.Limits, tilt.Limits), .. GimbalRules.CheckSpeed(speed)]);
        Command(caller, () =>
        {
            if (panDegrees is { } p)
            {
                pan.GoTo(p, speed);
            }

            if (tiltDegrees is { } t)
            {
                tilt.GoTo(t, speed);
            }
        });
    }

    /// <summary>Goes to angles, or as near to them as the limits allow.</summary>
    /// <param name="caller">Needs <see cref="Permission.Aim"/>.</param>
    /// <param name="degrees">Beyond a limit it means the limit.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="GimbalMissingException">There is no gimbal.</exception>
    /// <exception cref="InvalidValueException">An angle is not a finite number.</exception>
    public void MoveNear(Caller caller, PanTilt degrees) =>
        AbsoluteMove(caller, pan.Limits.Nearest(degrees.Pan), tilt.Limits.Nearest(degrees.Tilt));

    /// <summary>Goes on by some degrees from where the gimbal is now; a target beyond a limit is the limit.</summary>
    /// <param name="caller">Needs <see cref="Permission.Aim"/>.</param>
    /// <param name="degrees">An axis with 0 goes on with what it does.</param>
    /// <param name="speed">Above 0 to 1 of each axis's maximum speed.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="GimbalMissingException">There is no gimbal.</exception>
    /// <exception cref="InvalidValueException">A value is not a finite number, or the speed cannot be.</exception>
    public void RelativeMove(Caller caller, PanTilt degrees, double speed = 1)
    {
        Demand(caller);
        Refuse([.. GimbalRules.CheckDegrees(degrees), .. GimbalRules.CheckSpeed(speed)]);
        Command(caller, () =>
        {
            if (degrees.Pan != 0)
            {
                pan.GoTo(pan.Angle + degrees.Pan, speed);
            }

            if (degrees.Tilt != 0)
            {
                tilt.GoTo(tilt.Angle + degrees.Tilt, speed);
            }
        });
    }

    /// <summary>
    /// Keeps both axes moving until the time-out, unless it is renewed before that by another call (the dead man); then they
    /// slow down to rest.
    /// </summary>
    /// <param name="caller">Needs <see cref="Permission.Aim"/>.</param>
    /// <param name="velocity">−1…1 of each axis's maximum speed; an axis with 0 comes to rest.</param>
    /// <param name="timeout">Above 0 and at most <see cref="MaximumTimeout"/>; null: <see cref="DefaultTimeout"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="GimbalMissingException">There is no gimbal.</exception>
    /// <exception cref="InvalidValueException">A value lies outside its range.</exception>
    public void ContinuousMove(Caller caller, PanTilt velocity, TimeSpan? timeout = null)
    {
        Demand(caller);
        var lasting = timeout ?? DefaultTimeout;
        Refuse(GimbalRules.CheckVelocity(velocity, lasting));
        Command(caller, () =>
        {
            pan.GoAt(velocity.Pan);
            tilt.GoAt(velocity.Tilt);
            continuousSince = time.GetTimestamp();
            continuousFor = lasting;
        });
    }

    /// <summary>Ends any move, also a tour: both axes slow down to rest by their maximum acceleration.</summary>
    /// <param name="caller">Needs <see cref="Permission.Aim"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="GimbalMissingException">There is no gimbal.</exception>
    public void Stop(Caller caller)
    {
        Demand(caller);
        bool rests;
        lock (gate)
        {
            rests = !pan.Moving && !tilt.Moving;
            if (rests)
            {
                // Who led it until now (a tour that stays somewhere) leads no more.
                moverSession = caller.Session;
            }
        }

        if (rests)
        {
            Changed?.Invoke();
            return;
        }

        Command(caller, () =>
        {
            pan.GoAt(0);
            tilt.GoAt(0);
        });
    }

    /// <summary>
    /// Ends the continuous move that this caller began, as when a stick is let go. What somebody else has asked for since
    /// goes on.
    /// </summary>
    /// <param name="caller">Needs <see cref="Permission.Aim"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="GimbalMissingException">There is no gimbal.</exception>
    public void Release(Caller caller)
    {
        Demand(caller);
        lock (gate)
        {
            if (moverSession != caller.Session || continuousFor is null)
            {
                return;
            }
        }

        Stop(caller);
    }

    /// <summary>Goes to the home angles.</summary>
    /// <param name="caller">Needs <see cref="Permission.Aim"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="GimbalMissingException">There is no gimbal.</exception>
    public void GotoHome(Caller caller)
    {
        Demand(caller);
        Command(caller, () =>
        {
            pan.GoTo(pan.Home);
            tilt.GoTo(tilt.Home);
        });
    }

    private static void Refuse(IReadOnlyList<InvalidValue> errors)
    {
        if (errors.Count > 0)
        {
            throw new InvalidValueException(errors);
        }
    }

    private void Demand(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Aim);
        if (hardware is null)
        {
            throw new GimbalMissingException();
        }

        if (reservedFor is { } holder && holder.Session != caller.Session)
        {
            throw new GimbalReservedException(holder.Name);
        }
    }

    private void Command(Caller caller, Action change)
    {
        lock (gate)
        {
            if (stopped)
            {
                return;
            }

            TellOfTakeOver(caller);
            change();
            if (!pan.IsContinuous && !tilt.IsContinuous)
            {
                continuousFor = null;
            }

            pan.Wake();
            tilt.Wake();
            movedBy = caller.Name;
            moverSession = caller.Session;
            if (!stepping)
            {
                // The first step comes at once, but a step after the last one, so that single moves in quick succession cannot
                // exceed 50 writes/s either.
                stepping = true;
                var left = Step - time.GetElapsedTime(steppedAt);
                Arm(left > Soon ? left : Soon);
            }
        }
    }

    // Two people at two sticks take over from each other many times a second.
    private void TellOfTakeOver(Caller caller)
    {
        if (movedBy is { } other && other != caller.Name && (pan.Moving || tilt.Moving)
            && (takenOverAt is not { } last || time.GetElapsedTime(last) > TakeOverInterval))
        {
            takenOverAt = time.GetTimestamp();
            audit?.Record(caller, AuditAction.GimbalTakenOver, other);
        }
    }
}
