using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Core.Access;
using PiCam.Core.Media;
using PiCam.Core.Stills;

namespace PiCam.Blazor.Api;

/// <summary>Single pictures at the sensor's full size.</summary>
internal static class StillEndpoints
{
    private const string Name = "name";

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/stills", PostAsync)
            .WithTags("Stills")
            .WithSummary(
                "Takes a picture and keeps it. All may be absent: size (at most, such as \"1920x1080\"; the sensor's), quality (1 to 100), selfTimer and warmUp (seconds, 0 to 60), name.")
            .WithMetadata(new RequestSizeLimitAttribute(4096))
            .Accepts<JsonObject>("application/json")
            .Produces<MediaDocument>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage)
            .ProducesValidationProblem();

    private static async Task<Created<MediaDocument>> PostAsync(HttpContext context, StillCamera stills, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.Capture, cancellationToken).ConfigureAwait(false);
        fields.Know(StillFields.Size, StillFields.Quality, StillFields.SelfTimer, StillFields.WarmUp, Name);
        var how = StillFields.Read(fields);
        var name = fields.Text(Name);
        if (name is { Length: 0 or > MediaName.Longest })
        {
            fields.Complain(Name, $"1 to {MediaName.Longest} characters");
        }

        fields.Refuse();
        var item = await stills.TakeAsync(caller, how, name, cancellationToken).ConfigureAwait(false);
        return TypedResults.Created($"/api/media/{item.Id}", MediaDocument.From(item));
    }
}
