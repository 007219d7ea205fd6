using PiCam.Core.Access;

namespace PiCam.Blazor.Configuration;

/// <summary>Ends this panel so that it is built anew, in the same process, with the settings that are stored then.</summary>
public sealed class PanelRestart(IHostApplicationLifetime lifetime, IAuditTrail audit)
{
    private Task? stopping;

    /// <summary>Whether somebody asked for it, rather than for the end.</summary>
    public bool IsWanted { get; private set; }

    /// <summary>Begins it; the pages come back by themselves.</summary>
    /// <param name="caller">Needs <see cref="Permission.Restart"/>.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public void Begin(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Restart);
        audit.Record(caller, AuditAction.Restarted, "PiCam");
        IsWanted = true;

        // Not on the thread of the page that asked: what stops waits for the page to end, and that for this.
        stopping ??= Task.Run(lifetime.StopApplication);
    }
}
