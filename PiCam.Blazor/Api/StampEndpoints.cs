using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Stills;
using PiCam.Core.Stills.Stamps;

namespace PiCam.Blazor.Api;

/// <summary>The stamp of pictures: text and logo.</summary>
internal static class StampEndpoints
{
    private const string On = "on";
    private const string Template = "template";
    private const string Corner = "corner";
    private const string Height = "height";
    private const string Opacity = "opacity";
    private const string Box = "box";
    private const string LogoType = "image/png";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var stamp = endpoints.MapGroup("/stamp").WithTags("Stamp");
        stamp.MapGet("", (PictureStamp state, PictureContext picture) => StampDocument.From(state, picture))
            .WithSummary("What is written into pictures, how it looks, and what it would say now.");
        stamp.MapGet("/logo", (PictureStamp state) => state.Logo is { } png ? Results.Bytes(png, LogoType) : TypedResults.NotFound())
            .WithSummary("The logo of the stamp; 404: there is none.")
            .Produces(StatusCodes.Status200OK, contentType: LogoType);

        var changes = stamp.MapGroup("")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage)
            .ProducesValidationProblem();
        changes.MapPut("", PutAsync)
            .WithSummary("Says what is written into pictures and how it looks (Operator).")
            .WithDescription("What is absent is as in the example, and off. Further fields are {ev}, {temperature}, {pan}, {tilt} and {counter:000}. "
                + "height is a line's part of the picture's, 0.01 to 0.2; opacity 0.1 to 1.")
            .WithMetadata(new RequestSizeLimitAttribute(4096))
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"on": true, "template": "{name} {time:yyyy-MM-dd HH:mm:ss} {shutter} {iso}", "corner": "bottomLeft", "height": 0.035, "opacity": 1, "box": true}""");
        changes.MapPut("/logo", PutLogoAsync)
            .WithSummary("Gives the stamp a logo: a PNG of at most 2 MB and 4 megapixels (Operator).")
            .WithMetadata(new RequestSizeLimitAttribute(StampLogo.MostBytes))
            .Accepts<byte[]>(LogoType);
        changes.MapDelete("/logo", async (HttpContext context, PictureStamp state) =>
            {
                await state.SetLogoAsync(CallerFactory.From(context), null).ConfigureAwait(false);
                return TypedResults.NoContent();
            })
            .WithSummary("Takes the logo away (Operator).");
    }

    private static async Task<Ok<StampDocument>> PutAsync(HttpContext context, PictureStamp stamp, PictureContext picture, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.Capture, cancellationToken).ConfigureAwait(false);
        fields.Know(On, Template, Corner, Height, Opacity, Box);
        var usual = new StampStyle();
        var settings = new StampSettings
        {
            IsOn = fields.Boolean(On, absent: false),
            Template = fields.Text(Template) ?? StampSettings.UsualTemplate,
            Style = new StampStyle
            {
                Corner = fields.Choice<StampCorner>(Corner) ?? default,
                Height = fields.Number(Height) ?? usual.Height,
                Opacity = fields.Number(Opacity) ?? usual.Opacity,
                HasBox = fields.Boolean(Box, absent: usual.HasBox),
            },
        };
        fields.Refuse();
        await stamp.SetAsync(caller, _ => settings).ConfigureAwait(false);
        return TypedResults.Ok(StampDocument.From(stamp, picture));
    }

    private static async Task<NoContent> PutLogoAsync(HttpContext context, PictureStamp stamp, CancellationToken cancellationToken)
    {
        var caller = CallerFactory.From(context);
        caller.Demand(Permission.Capture);
        using var png = new MemoryStream();
        await context.Request.Body.CopyToAsync(png, cancellationToken).ConfigureAwait(false);
        await stamp.SetLogoAsync(caller, png.ToArray()).ConfigureAwait(false);
        return TypedResults.NoContent();
    }
}
