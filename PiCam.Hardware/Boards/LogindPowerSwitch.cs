using Microsoft.Extensions.Logging;
using PiCam.Core.Boards;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Boards;

/// <summary>
/// Asks systemd-logind (org.freedesktop.login1(5)), which asks polkit, through systemd's own <c>busctl</c>. On a Raspberry Pi
/// only: nobody expects a camera panel to switch a PC off.
/// </summary>
/// <param name="model">What board it is.</param>
/// <param name="time">Of the child's limits.</param>
/// <param name="logger">Of the child.</param>
/// <param name="busctl">The program; another one in tests only.</param>
internal sealed class LogindPowerSwitch(BoardModel model, TimeProvider time, ILogger<LogindPowerSwitch> logger, string busctl = "busctl")
    : IPowerSwitch
{
    public async Task<bool> AllowsAsync(BoardAction action, CancellationToken cancellationToken)
    {
        if (!model.IsRaspberryPi)
        {
            return false;
        }

        try
        {
            // "yes", "no", "na" (cannot), "challenge" (only after somebody typed a password, whom there is not).
            return await CallAsync(["Can" + Method(action)], cancellationToken).ConfigureAwait(false) == "s \"yes\"";
        }
        catch (Exception exception) when (exception is ChildStartException or ChildFailedException)
        {
            // A system without systemd, or one whose logind does not run.
            return false;
        }
    }

    public async Task RunAsync(BoardAction action, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync([Method(action), "b", "false"], cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ChildStartException or ChildFailedException)
        {
            throw new BoardActionException(BoardFault.ActionFailed(exception.Message.TrimEnd('.')), exception);
        }
    }

    private static string Method(BoardAction action) => action switch
    {
        BoardAction.Restart => "Reboot",
        BoardAction.ShutDown => "PowerOff",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };

    /// <param name="call">The method, and its arguments with their types before them.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    private Task<string> CallAsync(IReadOnlyList<string> call, CancellationToken cancellationToken) => ChildAnswer.ReadAsync(
        new ChildCommand
        {
            Name = "busctl",
            Executable = busctl,
            Arguments = ["--system", "call", "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", .. call],
        },
        time,
        logger,
        cancellationToken);
}
