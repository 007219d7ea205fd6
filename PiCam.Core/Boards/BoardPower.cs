using PiCam.Core.Access;

namespace PiCam.Core.Boards;

/// <summary>Restarts the board, or switches it off, for those who may ask for it.</summary>
public sealed class BoardPower(IPowerSwitch power, IAuditTrail? audit = null)
{
    /// <summary>Whether <see cref="RunAsync"/> would be let through for this caller.</summary>
    public async Task<bool> AllowsAsync(Caller caller, BoardAction action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.May(Permission.Restart) && await power.AllowsAsync(action, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does it; the system ends PiCam soon after this returns.</summary>
    /// <param name="caller">Needs <see cref="Permission.Restart"/>.</param>
    /// <param name="action">What to do.</param>
    /// <param name="cancellationToken">Gives up before it is done.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="BoardActionException">The system does not let PiCam do it.</exception>
    public async Task RunAsync(Caller caller, BoardAction action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Restart);
        if (!await power.AllowsAsync(action, cancellationToken).ConfigureAwait(false))
        {
            throw new BoardActionException(BoardFault.NotAllowed);
        }

        audit?.Record(caller, AuditAction.Restarted, $"board: {action}");
        await power.RunAsync(action, cancellationToken).ConfigureAwait(false);
    }
}
