using System.Text;
using Microsoft.Extensions.Logging;

namespace PiCam.Hardware.Processes;

/// <summary>Children that say something and end.</summary>
internal static class ChildAnswer
{
    // The longest answer that is asked for, a list of cameras with all their controls, is some kilobytes.
    private const int Longest = 1 << 20;

    /// <summary>Runs a child to its end, at most <see cref="ChildCommand.ReadyTimeout"/> long.</summary>
    /// <returns>Its whole standard output, trimmed.</returns>
    /// <exception cref="ChildStartException">There is no such program, or the system refused to start it.</exception>
    /// <exception cref="ChildFailedException">It took too long, said more than it may (1 MiB), or ended by another exit code than 0.</exception>
    public static async Task<string> ReadAsync(ChildCommand command, TimeProvider time, ILogger logger, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await ReadBytesAsync(command, Longest, time, logger, cancellationToken).ConfigureAwait(false)).Trim();

    /// <inheritdoc cref="ReadAsync"/>
    /// <param name="command">What to run.</param>
    /// <param name="most">The longest answer, in bytes.</param>
    /// <param name="time">The clock of the watchdog.</param>
    /// <param name="logger">Learns of what the child complains of.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its whole standard output.</returns>
    public static async Task<byte[]> ReadBytesAsync(ChildCommand command, int most, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var child = await ChildProcess.StartAsync(command, time, logger, cancellationToken).ConfigureAwait(false);
        await using (child.ConfigureAwait(false))
        {
            using var output = new MemoryStream();
            while (true)
            {
                // A cancelled read: the child is over, although its pipe may be open somewhere.
                var read = await child.Output.ReadAsync(cancellationToken).ConfigureAwait(false);
                foreach (var part in read.Buffer)
                {
                    output.Write(part.Span);
                }

                child.Output.AdvanceTo(read.Buffer.End);
                if (output.Length > most)
                {
                    throw new ChildFailedException($"{command.Name} does not stop talking");
                }

                if (read.IsCompleted || read.IsCanceled)
                {
                    break;
                }
            }

            var reason = await child.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
            return child.ExitCode == 0
                ? output.ToArray()
                : throw new ChildFailedException(reason);
        }
    }
}
