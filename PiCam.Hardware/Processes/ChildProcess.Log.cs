using Microsoft.Extensions.Logging;

namespace PiCam.Hardware.Processes;

public sealed partial class ChildProcess
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "setpriv (util-linux) is not installed: {Name} would go on running if PiCam were killed.")]
    private static partial void LogUnguarded(ILogger logger, string name);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Name} runs as process {Id}.")]
    private static partial void LogStarted(ILogger logger, string name, int id);

    [LoggerMessage(Level = LogLevel.Information, Message = "Process {Id}: {Reason}.")]
    private static partial void LogEnded(ILogger logger, int id, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Name} (process {Id}) did not end within {Seconds} s of SIGTERM and is killed.")]
    private static partial void LogIgnoredTerm(ILogger logger, string name, int id, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Name} (process {Id}) cannot be killed.")]
    private static partial void LogKillFailed(ILogger logger, Exception exception, string name, int id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The messages of {Name} (process {Id}) cannot be read.")]
    private static partial void LogErrorsLost(ILogger logger, Exception exception, string name, int id);
}
