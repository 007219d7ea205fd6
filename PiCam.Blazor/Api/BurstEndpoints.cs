using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Sequences;

namespace PiCam.Blazor.Api;

/// <summary>Several pictures in a row: bursts, exposure brackets, focus series.</summary>
internal static class BurstEndpoints
{
    private const string Kind = "kind";
    private const string Count = "count";
    private const string Rate = "rate";
    private const string Step = "step";
    private const string From = "from";
    private const string To = "to";
    private const string Name = "name";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var bursts = endpoints.MapGroup("/bursts").WithTags("Bursts").WithMetadata(new RequestSizeLimitAttribute(4096));
        bursts.MapGet("", (SequenceCamera sequences) => sequences.All.Select(BurstDocument.From))
            .WithSummary("The bursts, brackets and focus series since the panel started, newest first, at most 20; older ones' pictures are in the library.");
        bursts.MapGet("/{id}", (string id, SequenceCamera sequences) => BurstDocument.From(sequences.Find(id)))
            .WithSummary("How one of them stands, or how it ended. GET /api/media?sequence={id} lists its pictures.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        bursts.MapPost("", PostAsync)
            .WithSummary("Takes several pictures in a row, and answers at once; its address follows it. One at a time: 409 while another is under way.")
            .WithDescription(
                """
                All may be absent. kind: "burst" (as fast as they come), "bracket" (different exposures) or "focus" (different focus, where the lens moves).
                count: 1 to 1000 (10), of a bracket 3, 5, 7 or 9 (3), of a focus series 2 to 100 (5). rate, of a burst: "stream" (every frame of the live stream, as it is)
                or "still" (stills as fast as they go). step, of a bracket: stops from one picture to the next, 0.3 to 3 (1). from, to, of a focus series: dioptres, 0 is infinity.
                name: a template of the pictures' names, with {counter:03}, {time:yyyy-MM-dd}, {kind} and {name} (image{counter:03}, bracket{counter:03}, focus{counter:03}); what is taken gets a number.
                selfTimer: seconds, 0 to 60. Of stills also size ("1920x1080"), quality (1 to 100) and warmUp (seconds, 0 to 60), as in POST /api/stills.
                """)
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"kind": "bracket", "count": 5, "step": 0.67, "size": "1920x1080", "name": "porch-{counter:00}"}""")
            .Produces<BurstDocument>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesValidationProblem();
        bursts.MapPost("/{id}/stop", (string id, HttpContext context, SequenceCamera sequences) =>
            {
                sequences.Stop(CallerFactory.From(context), id);
                return TypedResults.Accepted($"/api/bursts/{id}", BurstDocument.From(sequences.Find(id)));
            })
            .WithSummary("Takes no more pictures of it; those that were taken are kept. Nothing if it has ended.")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Accepted<BurstDocument>> PostAsync(HttpContext context, SequenceCamera sequences, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.Capture, cancellationToken, mayBeEmpty: true).ConfigureAwait(false);
        fields.Know(
            Kind, Count, Rate, Step, From, To, Name, StillFields.Size, StillFields.Quality, StillFields.SelfTimer, StillFields.WarmUp);
        var usual = new SequenceSettings { Kind = fields.Choice<SequenceKind>(Kind) ?? default }.Chosen;
        var request = usual with
        {
            Count = fields.WholeNumber(Count) ?? usual.Count,
            Rate = fields.Choice<SequenceRate>(Rate) ?? default,
            Step = fields.Number(Step) ?? usual.Step,
            From = fields.Number(From) ?? usual.From,
            To = fields.Number(To) ?? usual.To,
            Name = fields.Text(Name) ?? usual.Name,
            Still = StillFields.Read(fields),
        };
        Unfit(fields, request);
        fields.Refuse();
        var begun = sequences.Start(caller, request);
        return TypedResults.Accepted($"/api/bursts/{begun.Id}", BurstDocument.From(begun));
    }

    /// <summary>Who asks for what this kind has not would wonder why it has no effect.</summary>
    private static void Unfit(JsonFields fields, SequenceRequest request)
    {
        string[] others =
        [
            .. request.Kind == SequenceKind.Burst ? (string[])[] : [Rate],
            .. request.Kind == SequenceKind.Bracket ? (string[])[] : [Step],
            .. request.Kind == SequenceKind.Focus ? (string[])[] : [From, To],
            .. request.IsOfStream ? (string[])[StillFields.Size, StillFields.Quality, StillFields.WarmUp] : [],
        ];
        foreach (var other in others)
        {
            fields.ComplainIfThere(other, $"nothing: a {ControlValues.Spell(request.Kind.ToString())}{(request.IsOfStream ? " at the stream's rate" : "")} does not have it");
        }
    }
}
