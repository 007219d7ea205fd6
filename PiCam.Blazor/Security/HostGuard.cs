using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace PiCam.Blazor.Security;

/// <summary>Turns requests away that address the panel by a name that is not its own; see <see cref="HostNames"/>.</summary>
internal sealed class HostGuard(RequestDelegate next, HostNames names)
{
    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        return names.Allows(host) ? next(context) : RefuseAsync(context, host);
    }

    private static async Task RefuseAsync(HttpContext context, string host)
    {
        var remedy = "PiCam answers to IP addresses, localhost and this machine's own names. To open it under another name, "
            + $"add that name to the setting Network:AllowedHosts, for example by --Network:AllowedHosts:0={host}";
        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            await TypedResults.Problem(remedy, statusCode: StatusCodes.Status400BadRequest, title: "Unknown host name")
                .ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        ContentHttpResult page = TypedResults.Content(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>PiCam: unknown host name</title>
            <h1>Unknown host name</h1>
            <p>{HtmlEncoder.Default.Encode(remedy)}</p>
            </html>
            """,
            "text/html; charset=utf-8",
            statusCode: StatusCodes.Status400BadRequest);
        await page.ExecuteAsync(context).ConfigureAwait(false);
    }
}
