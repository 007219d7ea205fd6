using System.CommandLine;
using PiCam.Blazor.Certificates;

namespace PiCam.Blazor.CommandLine;

/// <summary><c>https redirect off</c>, for whoever the panel leads to where their browser cannot go.</summary>
internal static class HttpsCommands
{
    public static Command Create() => new("https", "How browsers reach the panel.") { CreateRedirect() };

    private static Command CreateRedirect() => new(
        "redirect", "Whether the panel leads from HTTP to HTTPS. Switched on where it is shown to work: on the settings page, open over HTTPS.") { CreateOff() };

    private static Command CreateOff()
    {
        var command = new Command("off", "Lets the panel be used over HTTP again.");
        command.SetAction((_, cancellationToken) => CommandServices.RunAsync(
            async services =>
            {
                await services.GetRequiredService<AlwaysHttps>().TurnOffAsync(CommandServices.Caller).ConfigureAwait(false);
                Console.WriteLine("The panel can be used over HTTP again.");
            },
            cancellationToken));
        return command;
    }
}
