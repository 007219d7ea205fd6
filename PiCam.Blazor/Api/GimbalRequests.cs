namespace PiCam.Blazor.Api;

/// <summary>The body of an absolute or relative move.</summary>
/// <param name="Pan">Degrees, positive is right; absent: this axis is left alone.</param>
/// <param name="Tilt">Degrees, positive is up; absent: this axis is left alone.</param>
/// <param name="Speed">Above 0 to 1 of the maximum speed; absent: 1.</param>
internal sealed record GimbalAngles(double? Pan, double? Tilt, double? Speed);

/// <summary>The body of a continuous move.</summary>
/// <param name="Pan">−1 to 1 of the maximum speed; absent: 0.</param>
/// <param name="Tilt">−1 to 1 of the maximum speed; absent: 0.</param>
/// <param name="Timeout">Seconds, above 0 and at most 10, after which the move ends unless it is renewed; absent: 1.</param>
internal sealed record GimbalVelocity(double? Pan, double? Tilt, double? Timeout);
