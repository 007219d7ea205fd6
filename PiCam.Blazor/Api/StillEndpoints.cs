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
    private const string NameTemplate = "nameTemplate";
    private const string Stamp = "stamp";
    private const string Description = "description";

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/stills", PostAsync)
            .WithTags("Stills")
            .WithSummary("Takes a picture and keeps it (Operator); answers when it would outlast a power cut.")
            .WithDescription("Each field may be absent. size is the most, the sensor's if absent; quality 1 to 100; selfTimer and warmUp "
                + "0 to 60 seconds; stamp as GET /api/stamp says if absent. Instead of a name, nameTemplate \"image{counter:000}\" makes one, also with "
                + "{name} (the camera's), {time:yyyy-MM-dd HH.mm} and {kind}; the counter never gives a number twice.")
            .WithMetadata(new RequestSizeLimitAttribute(4096))
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"size": "1920x1080", "quality": 90, "selfTimer": 5, "warmUp": 2, "name": "porch", "stamp": true, "description": "The first snow"}""")
            .Produces<MediaDocument>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage)
            .ProducesValidationProblem();

    private static async Task<Created<MediaDocument>> PostAsync(HttpContext context, StillCamera stills, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.Capture, cancellationToken, mayBeEmpty: true).ConfigureAwait(false);
        fields.Know(StillFields.Size, StillFields.Quality, StillFields.SelfTimer, StillFields.WarmUp, Name, NameTemplate, Stamp, Description);
        var how = StillFields.Read(fields) with
        {
            NameTemplate = fields.Text(NameTemplate) ?? stills.Settings.NameTemplate,
            Stamp = fields.BooleanIfThere(Stamp),
            Description = fields.Text(Description),
        };
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
