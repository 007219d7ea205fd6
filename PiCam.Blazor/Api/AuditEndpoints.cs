using System.Globalization;
using System.Text;
using PiCam.Blazor.Audit;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;
using PiCam.Core;
using PiCam.Core.Access;

namespace PiCam.Blazor.Api;

/// <summary>What people did, as a table.</summary>
internal static class AuditEndpoints
{
    // A spreadsheet would take what begins with one of these for a formula.
    private const string Formulas = "=+-@\t\r";

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/audit.csv", SendAsync)
            .WithTags("Audit")
            .WithSummary("Who did what, the newest first, as CSV; from and until (times by ISO 8601), action and text choose (Administrator).")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .ProducesValidationProblem();

    private static async Task SendAsync(HttpContext context, AuditLog log, string? text, string? action, string? from, string? until)
    {
        var caller = CallerFactory.From(context);
        var query = new AuditQuery
        {
            Text = text ?? "",
            Action = string.IsNullOrEmpty(action) ? null : ActionOf(action),
            From = TimeOf("from", from),
            Until = TimeOf("until", until),
        };
        var page = await log.PageAsync(caller, query, before: null, context.RequestAborted).ConfigureAwait(false);
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=picam-audit.csv";
        context.Response.Headers.CacheControl = "no-store";

        // With a mark, without which spreadsheets take it for another encoding.
        await context.Response.WriteAsync("\uFEFFtime,action,who,subject,address\r\n", context.RequestAborted).ConfigureAwait(false);
        for (; page.Count > 0; page = await log.PageAsync(caller, query, page[^1].Id, context.RequestAborted).ConfigureAwait(false))
        {
            await context.Response.WriteAsync(Lines(page), context.RequestAborted).ConfigureAwait(false);
        }
    }

    internal static string Cell(string? text)
    {
        var plain = text ?? "";
        if (plain.Length > 0 && Formulas.Contains(plain[0], StringComparison.Ordinal))
        {
            plain = "'" + plain;
        }

        return $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Lines(IReadOnlyList<AuditRow> rows)
    {
        var lines = new StringBuilder();
        foreach (var row in rows)
        {
            var at = row.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            lines.Append(CultureInfo.InvariantCulture, $"{at},{row.Action},{Cell(row.Who)},{Cell(row.Subject)},{Cell(row.Address)}\r\n");
        }

        return lines.ToString();
    }

    private static AuditAction ActionOf(string text) => Enum.GetNames<AuditAction>().Contains(text, StringComparer.OrdinalIgnoreCase)
        ? Enum.Parse<AuditAction>(text, ignoreCase: true)
        : throw new InvalidValueException(new InvalidValue("action", $"\"{text}\"", Allowed.OneOf(string.Join(", ", Enum.GetNames<AuditAction>()))));

    private static DateTimeOffset? TimeOf(string field, string? text) => string.IsNullOrEmpty(text)
        ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new InvalidValueException(new InvalidValue(field, $"\"{text}\"", "a time such as 2026-11-29T12:00:00Z"));
}
