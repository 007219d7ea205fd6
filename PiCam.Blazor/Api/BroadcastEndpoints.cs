using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Core.Access;
using PiCam.Core.Broadcasts;

namespace PiCam.Blazor.Api;

/// <summary>The live picture, sent into the network.</summary>
internal static class BroadcastEndpoints
{
    private const string Address = "address";
    private const string On = "on";
    private const string Quality = "quality";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var broadcast = endpoints.MapGroup("/broadcast").WithTags("Broadcast").WithMetadata(new RequestSizeLimitAttribute(8192));
        broadcast.MapGet("", (Broadcast state) => TypedResults.Ok(BroadcastDocument.From(state)))
            .WithSummary("Where in the network the live picture is sent, and how that stands.");
        broadcast.MapPatch("", PatchAsync)
            .WithSummary("Says where the live picture is sent, how, and whether (Administrator); absent: unchanged, address null: nowhere.")
            .WithDescription(
                """
                address is rtsp://, rtsps://, rtmp://, srt:// or udp:// (H.264; MPEG-TS by srt and udp), with user, password or key, which nobody is shown again. A host
                that is this machine itself, a link-local or a multicast address is refused unless the owner's configuration lists it in Network:AllowedTargets.
                When it fails, it is tried again after 0.5 s to 30 s; state and reason say so.
                """)
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"address": "rtsp://relay.example/porch", "on": true, "quality": 50}""")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage)
            .ProducesValidationProblem();
    }

    private static async Task<Ok<BroadcastDocument>> PatchAsync(HttpContext context, Broadcast broadcast, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.Broadcast, cancellationToken).ConfigureAwait(false);
        fields.Know(Address, On, Quality);
        var address = fields.Text(Address);
        var quality = fields.WholeNumber(Quality);
        var isOn = fields.BooleanIfThere(On);
        fields.Refuse();
        await broadcast.SetAsync(caller, now => now with
        {
            Address = fields.IsNull(Address) ? null : address ?? now.Address,
            IsOn = isOn ?? now.IsOn,
            Quality = quality ?? now.Quality,
        }).ConfigureAwait(false);
        return TypedResults.Ok(BroadcastDocument.From(broadcast));
    }
}
