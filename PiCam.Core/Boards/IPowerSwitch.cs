namespace PiCam.Core.Boards;

/// <summary>Restarts the board, or switches it off, where PiCam's own user may.</summary>
public interface IPowerSwitch
{
    /// <summary>Whether the system lets PiCam do that. False also where PiCam should not, on anything but a Raspberry Pi.</summary>
    Task<bool> AllowsAsync(BoardAction action, CancellationToken cancellationToken);

    /// <summary>Does it; the system ends PiCam soon after this returns.</summary>
    /// <exception cref="BoardActionException">The system refused.</exception>
    Task RunAsync(BoardAction action, CancellationToken cancellationToken);
}
