namespace PiCam.Blazor.StartUp;

/// <summary>
/// While the host starts, the host and Kestrel log every failure with its stack trace before they throw it; Program says the
/// same in one sentence, so those two are silent until the start is over.
/// </summary>
internal sealed class StartUpPhase
{
    private static readonly string[] Repeaters = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    private volatile bool over;

    public void End() => over = true;

    public void Quieten(ILoggingBuilder logging)
    {
        foreach (var category in Repeaters)
        {
            logging.AddFilter(category, level => over && level >= LogLevel.Warning);
        }
    }
}
