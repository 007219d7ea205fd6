using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Exports;
using PiCam.Core.Media;

namespace PiCam.Blazor.Api;

/// <summary>Copies of the library on other disks.</summary>
internal static class ExportEndpoints
{
    private const string Place = "place";
    private const string Everything = "everything";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var export = endpoints.MapGroup("/export").WithTags("Export")
            .WithMetadata(new RequestSizeLimitAttribute(512 * 1024))
            .ProducesProblem(StatusCodes.Status403Forbidden);
        export.MapGet("", async (HttpContext context, MediaExport state) => new ExportDocument(
                [.. (await state.PlacesAsync(CallerFactory.From(context)).ConfigureAwait(false)).Select(ExportPlaceDocument.From)],
                state.State is { } now ? ExportProgressDocument.From(now) : null))
            .WithSummary("The disks, shares and folders that one can export to, and how the export stands (Operator).");
        export.MapPost("", StartAsync)
            .RequireRateLimiting(RequestRates.Work)
            .WithSummary("Copies pictures and films to PiCam/yyyy/MM/dd/ of a place, in the background, one export at a time (Operator).")
            .WithDescription(
                $$"""
                place is one that GET /api/export names. What: {"ids": ["0193…"]}, at most {{MediaEndpoints.MostIds}}, {"sequence": "0193…"} for a whole run, or {"everything": true}.
                What is there already is passed over, so a copy that was cut off goes on when it is asked for again. 409: one is under way, or PiCam may not write there.
                """)
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"place": "/media/pi/STICK", "everything": true}""")
            .Produces<ExportProgressDocument>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesValidationProblem();
        export.MapPost("/stop", async (HttpContext context, MediaExport state) =>
            {
                await state.StopAsync(CallerFactory.From(context)).ConfigureAwait(false);
                return TypedResults.NoContent();
            })
            .WithSummary("Ends the export; what was copied stays (Operator).");
    }

    private static async Task<Accepted<ExportProgressDocument>> StartAsync(HttpContext context, MediaExport export, MediaLibrary library, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.Export, cancellationToken).ConfigureAwait(false);
        var place = fields.Text(Place);
        var isEverything = fields.Boolean(Everything, absent: false);
        if (isEverything && (fields.Present.ContainsKey(MediaEndpoints.Ids) || fields.Present.ContainsKey(MediaEndpoints.Sequence)))
        {
            fields.Complain(Everything, "false, beside ids or sequence");
        }

        var ids = await MediaEndpoints.ReadIdsAsync(fields, caller, library, [Place, Everything], cancellationToken).ConfigureAwait(false);
        var chosen = isEverything ? await library.IdsAsync(caller, new MediaQuery(), cancellationToken).ConfigureAwait(false) : ids;
        return TypedResults.Accepted("/api/export", ExportProgressDocument.From(await export.StartAsync(caller, place ?? "", chosen).ConfigureAwait(false)));
    }
}
