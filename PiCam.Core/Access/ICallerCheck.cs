namespace PiCam.Core.Access;

/// <summary>For work that outlasts the request it came with.</summary>
public interface ICallerCheck
{
    /// <summary>Whether who asked back then is still there, with the same role.</summary>
    ValueTask<bool> IsCurrentAsync(Caller caller, CancellationToken cancellationToken);
}
