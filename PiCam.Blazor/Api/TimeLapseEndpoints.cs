using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Clocks;
using PiCam.Core.TimeLapses;

namespace PiCam.Blazor.Api;

/// <summary>Time-lapses, and the place that their sunrise and sunset go by.</summary>
internal static class TimeLapseEndpoints
{
    private const string Latitude = "latitude";
    private const string Longitude = "longitude";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var lapses = endpoints.MapGroup("/timelapses").WithTags("Time-lapses")
            .WithMetadata(new RequestSizeLimitAttribute(4096))
            .ProducesProblem(StatusCodes.Status404NotFound);
        lapses.MapGet("", (TimeLapseBook book) => TypedResults.Ok(book.All.Select(TimeLapseDocument.From)))
            .WithSummary("The time-lapses and how far they have come, in the order in which they were made.");
        lapses.MapGet("/{id}", (string id, TimeLapseBook book) => TypedResults.Ok(TimeLapseDocument.From(book.Find(id))))
            .WithSummary("A time-lapse and how far it has come.");

        var changes = lapses.MapGroup("")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage)
            .ProducesValidationProblem();
        changes.MapPost("", CreateAsync)
            .WithSummary("Makes a time-lapse and starts it. One runs at a time: while another does, the answer is 409, unless takeOver stops that one.")
            .WithDescription(
                """
                interval is in seconds, 0.5 to 86400; aligned takes the pictures when the clock shows a multiple of it. It ends after count pictures,
                at until, after duration seconds, or when somebody stops it. window or daylight limit it to hours of the day. look is automatic, smooth
                (by 1/8 stop from picture to picture at most) or locked. size, quality and template (of the names, such as img{counter:03}) may be absent.
                """)
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"name": "yard", "interval": 300, "aligned": true, "window": {"from": "06:30", "to": "21:00"}, "look": "smooth", "size": "1920x1080"}""")
            .Produces<TimeLapseDocument>(StatusCodes.Status201Created);
        changes.MapPost("/{id}/start", async (string id, HttpContext context, TimeLapseBook book, bool takeOver = false) =>
            {
                await book.BeginAsync(CallerFactory.From(context), id, takeOver).ConfigureAwait(false);
                return TypedResults.Ok(TimeLapseDocument.From(book.Find(id)));
            })
            .WithSummary("Starts a time-lapse: one that was stopped goes on, a finished one begins a new sequence. takeOver=true stops another one that runs.");
        changes.MapPost("/{id}/stop", async (string id, HttpContext context, TimeLapseBook book) =>
            {
                await book.EndAsync(CallerFactory.From(context), id).ConfigureAwait(false);
                return TypedResults.Ok(TimeLapseDocument.From(book.Find(id)));
            })
            .WithSummary("Stops a time-lapse.");
        changes.MapDelete("/{id}", async (string id, HttpContext context, TimeLapseBook book) =>
            {
                await book.RemoveAsync(CallerFactory.From(context), id).ConfigureAwait(false);
                return TypedResults.NoContent();
            })
            .WithSummary("Removes a time-lapse; its pictures stay in the library.");

        var place = endpoints.MapGroup("/place").WithTags("Time-lapses").WithMetadata(new RequestSizeLimitAttribute(4096));
        place.MapGet("", (PlaceSetting setting) => TypedResults.Ok(new PlaceDocument(setting.Value?.Latitude, setting.Value?.Longitude)))
            .WithSummary("Where the camera stands, for sunrise and sunset; null: nobody has said so yet.");
        place.MapPut("", PutPlaceAsync)
            .WithSummary("Says where the camera stands, in degrees; positive is north and east.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"latitude": 51.5, "longitude": -0.13}""")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesValidationProblem();
    }

    private static async Task<Created<TimeLapseDocument>> CreateAsync(
        HttpContext context, TimeLapseBook book, TimeProvider time, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.Capture, cancellationToken).ConfigureAwait(false);
        var (plan, takeOver) = TimeLapseRequest.Read(fields, time);
        var made = await book.CreateAsync(caller, plan, takeOver).ConfigureAwait(false);
        return TypedResults.Created($"/api/timelapses/{made.Id}", TimeLapseDocument.From(made));
    }

    private static async Task<Ok<PlaceDocument>> PutPlaceAsync(HttpContext context, PlaceSetting setting, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.Capture, cancellationToken).ConfigureAwait(false);
        fields.Know(Latitude, Longitude);
        fields.Has(Latitude, "−90 to 90", out _);
        fields.Has(Longitude, "−180 to 180", out _);
        var place = new Place(fields.Number(Latitude) ?? double.NaN, fields.Number(Longitude) ?? double.NaN);
        fields.Refuse();
        await setting.SetAsync(caller, place).ConfigureAwait(false);
        return TypedResults.Ok(new PlaceDocument(place.Latitude, place.Longitude));
    }
}
