using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Media;
using PiCam.Core.Stills;

namespace PiCam.Blazor.Api;

/// <summary>Single pictures at the sensor's full size.</summary>
internal static partial class StillEndpoints
{
    /// <summary>The field of a picture's size.</summary>
    public const string Size = "size";

    private const string Quality = "quality";
    private const string SelfTimer = "selfTimer";
    private const string WarmUp = "warmUp";
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
        fields.Know(Size, Quality, SelfTimer, WarmUp, Name);
        var how = new StillSettings
        {
            Size = SizeOf(fields),
            Quality = fields.Number(Quality) is { } quality ? Whole(fields, quality) : StillRequest.UsualQuality,
            SelfTimer = Seconds(fields, SelfTimer),
            WarmUp = Seconds(fields, WarmUp),
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

    /// <summary>The size that is asked for; null: none, or nothing that is one (which is complained about).</summary>
    public static PixelSize? SizeOf(JsonFields fields)
    {
        if (fields.Text(Size) is not { } text)
        {
            return null;
        }

        if (Pixels().Match(text) is { Success: true } match)
        {
            return new PixelSize(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
        }

        fields.Complain(Size, "a width and a height in pixels, such as \"1920x1080\"");
        return null;
    }

    private static int Whole(JsonFields fields, double number)
    {
        if (number >= 1 && number <= 100 && number == Math.Floor(number))
        {
            return (int)number;
        }

        fields.Complain(Quality, "1 to 100, whole");
        return StillRequest.UsualQuality;
    }

    private static TimeSpan Seconds(JsonFields fields, string name)
    {
        if (fields.Number(name) is not { } seconds)
        {
            return TimeSpan.Zero;
        }

        if (seconds is >= 0 and <= 60)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        fields.Complain(name, "0 to 60 seconds");
        return TimeSpan.Zero;
    }

    [GeneratedRegex(@"\A([1-9][0-9]{0,4})[x×]([1-9][0-9]{0,4})\z")]
    private static partial Regex Pixels();
}
