using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Films;
using PiCam.Core.Media;

namespace PiCam.Blazor.Api;

/// <summary>Stills and clips of the library's films.</summary>
internal static class MediaFilmEndpoints
{
    private const string At = "at";
    private const string Begin = "begin";
    private const string End = "end";

    public static void Map(IEndpointRouteBuilder changes)
    {
        changes.MapPost("/{id}/still", PostStillAsync)
            .WithSummary("Keeps what a film shows at a time as a picture of its own (Operator).")
            .WithDescription("{\"at\": 12.5} in seconds from the film's beginning; the picture has the film's size and that moment's time.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"at": 0}""")
            .Produces<MediaDocument>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        changes.MapPost("/{id}/clip", PostClipAsync)
            .RequireRateLimiting(RequestRates.Work)
            .WithSummary("Keeps a part of a film as a film of its own, nothing encoded anew (Operator).")
            .WithDescription("{\"begin\": 12.5, \"end\": 20} in seconds from the film's beginning. It may begin up to a second early, where a frame stands alone; the film itself stays.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"begin": 0, "end": 0.5}""")
            .Produces<MediaDocument>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Created<MediaDocument>> PostStillAsync(string id, HttpContext context, FilmEditor editor, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.Capture, cancellationToken).ConfigureAwait(false);
        fields.Know(At);
        var at = Time(fields, At);
        fields.Refuse();
        return Answer(await editor.TakeStillAsync(caller, id, at, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<Created<MediaDocument>> PostClipAsync(string id, HttpContext context, FilmEditor editor, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.Capture, cancellationToken).ConfigureAwait(false);
        fields.Know(Begin, End);
        var (from, to) = (Time(fields, Begin), Time(fields, End));
        fields.Refuse();
        return Answer(await editor.CutAsync(caller, id, from, to, cancellationToken).ConfigureAwait(false));
    }

    // What it may be at most is the film's length; here only what a TimeSpan holds.
    private static TimeSpan Time(JsonFields fields, string field)
    {
        const string Allowed = "seconds from the film's beginning";
        if (fields.Has(field, Allowed, out _) && fields.Number(field) is { } seconds)
        {
            if (Math.Abs(seconds) < int.MaxValue)
            {
                return TimeSpan.FromSeconds(seconds);
            }

            fields.Complain(field, Allowed);
        }

        return TimeSpan.Zero;
    }

    private static Created<MediaDocument> Answer(MediaItem item) => TypedResults.Created($"/api/media/{item.Id}", MediaDocument.From(item));
}
