using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Gimbals.Tours;

namespace PiCam.Blazor.Api;

/// <summary>Presets to look at one after the other.</summary>
internal static class TourEndpoints
{
    private const string Name = "name";
    private const string Stops = "stops";
    private const string Repeats = "repeats";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var tours = endpoints.MapGroup("/gimbal/tours").WithTags("Tours")
            .WithMetadata(new RequestSizeLimitAttribute(64 * 1024))
            .ProducesProblem(StatusCodes.Status404NotFound);
        tours.MapGet("", (TourBook book, TourGuide guide) => new ToursDocument(book.All, RunningTourDocument.From(guide.Running)))
            .WithSummary("The tours, and the one that is under way.");
        tours.MapGet("/{id}", (string id, TourBook book) => book.Find(id))
            .WithSummary("A tour.");

        var changes = tours.MapGroup("").ProducesProblem(StatusCodes.Status403Forbidden).ProducesValidationProblem();
        changes.MapPost("", async (HttpContext context, TourBook book, CancellationToken cancellationToken) =>
            {
                var tour = await SaveAsync("", context, book, cancellationToken).ConfigureAwait(false);
                return TypedResults.Created($"/api/gimbal/tours/{tour.Id}", tour);
            })
            .WithSummary("Makes a tour: a name, stops ({presetId, dwell in seconds}), and whether it repeats.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"name": "Round", "stops": [{"presetId": "1", "dwell": 10}, {"presetId": "2", "dwell": 5}], "repeats": true}""");
        changes.MapPut("/{id}", async (string id, HttpContext context, TourBook book, CancellationToken cancellationToken) =>
                TypedResults.Ok(await SaveAsync(id, context, book, cancellationToken).ConfigureAwait(false)))
            .WithSummary("Changes a tour.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"name": "Round", "stops": [{"presetId": "1", "dwell": 10}, {"presetId": "2", "dwell": 5}], "repeats": false}""");
        changes.MapDelete("/{id}", async (string id, HttpContext context, TourBook book) =>
            {
                await book.RemoveAsync(CallerFactory.From(context), id).ConfigureAwait(false);
                return TypedResults.NoContent();
            })
            .WithSummary("Removes a tour.");
        changes.MapPost("/{id}/start", (string id, HttpContext context, TourGuide guide) =>
            {
                guide.Start(CallerFactory.From(context), id);
                return TypedResults.Accepted((string?)null);
            })
            .WithSummary("Begins a tour; whoever aims by hand ends it.");
        changes.MapPost("/stop", (HttpContext context, TourGuide guide) =>
            {
                guide.Stop(CallerFactory.From(context));
                return TypedResults.Accepted((string?)null);
            })
            .WithSummary("Ends the tour that is under way.");
    }

    private static async Task<Tour> SaveAsync(string id, HttpContext context, TourBook book, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.EditPresets, cancellationToken).ConfigureAwait(false);
        fields.Know(Name, Stops, Repeats);
        var name = fields.Text(Name);
        var repeats = fields.Boolean(Repeats, absent: false);
        var stops = ReadStops(fields);
        fields.Refuse();
        return await book.SaveAsync(caller, new Tour(id, name ?? "", stops, repeats)).ConfigureAwait(false);
    }

    private static List<TourStop> ReadStops(JsonFields fields)
    {
        var stops = new List<TourStop>();
        if (!fields.Present.TryGetValue(Stops, out var list))
        {
            return stops;
        }

        if (list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(IsStop))
        {
            stops.AddRange(list.EnumerateArray().Select(s =>
                new TourStop(s.GetProperty("presetId").GetString()!, s.TryGetProperty("dwell", out var dwell) ? dwell.GetDouble() : 0)));
        }
        else
        {
            fields.Complain(Stops, "a list of {\"presetId\": \"…\", \"dwell\": seconds}");
        }

        return stops;

        static bool IsStop(JsonElement stop) =>
            stop.ValueKind == JsonValueKind.Object
            && stop.TryGetProperty("presetId", out var id) && id.ValueKind == JsonValueKind.String
            && (!stop.TryGetProperty("dwell", out var dwell) || dwell.ValueKind == JsonValueKind.Number);
    }
}
