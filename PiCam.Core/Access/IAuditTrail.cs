namespace PiCam.Core.Access;

/// <summary>Where services write down who did what.</summary>
public interface IAuditTrail
{
    /// <summary>Writes it down; returns at once. What cannot be stored is said in the log.</summary>
    /// <param name="caller">Who did it.</param>
    /// <param name="action">What.</param>
    /// <param name="subject">To what; never a secret.</param>
    void Record(Caller caller, AuditAction action, string? subject = null);
}
