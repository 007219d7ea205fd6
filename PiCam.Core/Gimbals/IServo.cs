namespace PiCam.Core.Gimbals;

/// <summary>One servo. Only <c>Gimbal</c> talks to it.</summary>
public interface IServo
{
    /// <summary>Sends the servo to an angle. Open loop: nobody knows when, or whether, it arrives.</summary>
    /// <param name="degrees">0 is straight ahead; positive is right (pan) or up (tilt).</param>
    void MoveTo(double degrees);
}
