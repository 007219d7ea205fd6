using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Photography.Looks;

namespace PiCam.Blazor.Api;

/// <summary>The lock on exposure and white balance.</summary>
internal static class LookEndpoints
{
    private const string Every = "settleEveryMinutes";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var look = endpoints.MapGroup("/look").WithTags("Look").WithMetadata(new RequestSizeLimitAttribute(4096));
        look.MapGet("", (LookLock state) => LookDocument.From(state))
            .WithSummary("Whether exposure and white balance are frozen, at what, since when and by whom, and whether the scene has drifted.");

        var changes = look.MapGroup("").ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        changes.MapPost("/lock", (HttpContext context, LookLock state) => AfterAsync(state, state.LockAsync(CallerFactory.From(context))))
            .WithSummary("Waits until what is automatic has come to rest, and freezes it. Answers at once; GET /api/look follows it.");
        changes.MapPost("/release", (HttpContext context, LookLock state) => AfterAsync(state, state.ReleaseAsync(CallerFactory.From(context))))
            .WithSummary("Makes automatic again what is frozen, or ends the wait for it.");
        changes.MapPost("/settle", (HttpContext context, LookLock state) => AfterAsync(state, state.SettleAsync(CallerFactory.From(context))))
            .WithSummary("Releases what is frozen, lets it come to rest again, and freezes it again.");
        changes.MapPatch("", PatchAsync)
            .WithSummary("Says after how many minutes a locked look settles anew by itself; 0: never.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"settleEveryMinutes": 30}""")
            .ProducesValidationProblem();
    }

    private static async Task<Ok<LookDocument>> AfterAsync(LookLock look, Task change)
    {
        await change.ConfigureAwait(false);
        return TypedResults.Ok(LookDocument.From(look));
    }

    private static async Task<Ok<LookDocument>> PatchAsync(HttpContext context, LookLock look, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.AdjustPicture, cancellationToken).ConfigureAwait(false);
        fields.Know(Every);
        var minutes = fields.Number(Every);
        if (minutes is { } number && !(number is >= 0 and <= LookLock.MostMinutes && number == Math.Floor(number)))
        {
            fields.Complain(Every, $"0 to {LookLock.MostMinutes}, whole");
        }

        fields.Refuse();
        if (minutes is { } given)
        {
            await look.SettleEveryAsync(caller, (int)given).ConfigureAwait(false);
        }

        return TypedResults.Ok(LookDocument.From(look));
    }
}
