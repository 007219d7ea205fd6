using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Films;
using PiCam.Core.TimeLapses;

namespace PiCam.Blazor.Api;

/// <summary>Films of the library's runs.</summary>
internal static class FilmEndpoints
{
    private const string Sequence = "sequence";
    private const string Fps = "fps";
    private const string Height = "height";
    private const string Deflicker = "deflicker";
    private const string Quality = "quality";
    private const string Name = "name";
    private const string RemoveStills = "removeStills";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var films = endpoints.MapGroup("/films").WithTags("Films")
            .WithMetadata(new RequestSizeLimitAttribute(4096));
        films.MapGet("", (FilmMaker maker) => maker.All.Select(FilmDocument.From))
            .WithSummary("The films that wait or are being made, and the last ones that are over; newest first.")
            .WithDescription("What was done before the panel started is in the library: GET /api/media?kind=film.");
        films.MapGet("/{id}", (string id, FilmMaker maker) => FilmDocument.From(maker.Find(id)))
            .WithSummary("One film, and how far it is.")
            .ProducesProblem(StatusCodes.Status404NotFound);

        var changes = films.MapGroup("").ProducesProblem(StatusCodes.Status403Forbidden);
        changes.MapPost("", PostAsync)
            .RequireRateLimiting(RequestRates.Work)
            .WithSummary("Asks for a film of a run's pictures (Operator). They are made one at a time.")
            .WithDescription("All but sequence may be absent. fps is 1 to 60 (25), height 64 to 4320 pixels at most (1080), quality 1 to 100 (75), name that of the time-lapse, or else the time of the first picture. The film is an H.264 MP4 in the library after it "
                + "has been decoded from beginning to end; only then removeStills deletes the pictures, but for protected ones. Follow state, done and "
                + "timeLeft by GET /api/films/{id} or GET /api/events?only=films. One that is not over when the panel stops is begun again when it starts.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"sequence": "01935c2a7f1e7d3b8a5e0c4d9b6f2a10", "fps": 25, "height": 1080, "deflicker": true, "name": "Sunrise", "removeStills": false}""")
            .Produces<FilmDocument>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage)
            .ProducesValidationProblem();
        changes.MapPost("/{id}/cancel", CancelAsync)
            .WithSummary("Gives a film up; nothing of it is left (Operator). One that is over stays as it is.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        changes.MapPost("/{id}/restore", RestoreAsync)
            .WithSummary("Brings back the pictures that removeStills deleted in the last ten minutes (Operator).")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);
    }

    private static async Task<Accepted<FilmDocument>> PostAsync(HttpContext context, FilmMaker maker, TimeLapseBook lapses, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.Capture, cancellationToken).ConfigureAwait(false);
        fields.Know(Sequence, Fps, Height, Deflicker, Quality, Name, RemoveStills);
        fields.Has(Sequence, "the sequence of two pictures or more", out _);
        var sequence = fields.Text(Sequence);
        var usual = new FilmSettings();
        var settings = new FilmSettings
        {
            FramesPerSecond = fields.WholeNumber(Fps) ?? usual.FramesPerSecond,
            Height = fields.WholeNumber(Height) ?? usual.Height,
            Deflicker = fields.Boolean(Deflicker, absent: usual.Deflicker),
            Quality = fields.WholeNumber(Quality) ?? usual.Quality,
            RemovesPictures = fields.Boolean(RemoveStills, absent: usual.RemovesPictures),
        };
        var name = fields.Text(Name);
        fields.Refuse();
        var film = await maker.MakeAsync(caller, sequence ?? "", settings, name ?? lapses.NameOf(sequence), cancellationToken).ConfigureAwait(false);
        return TypedResults.Accepted($"/api/films/{film.Id}", FilmDocument.From(film));
    }

    private static async Task<Ok<FilmDocument>> CancelAsync(string id, HttpContext context, FilmMaker maker)
    {
        await maker.CancelAsync(CallerFactory.From(context), id).ConfigureAwait(false);
        return TypedResults.Ok(FilmDocument.From(maker.Find(id)));
    }

    private static async Task<Ok<RestoredMediaDocument>> RestoreAsync(string id, HttpContext context, FilmMaker maker) =>
        TypedResults.Ok(new RestoredMediaDocument(await maker.RestoreAsync(CallerFactory.From(context), id).ConfigureAwait(false)));
}
