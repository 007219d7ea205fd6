using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Blazor.Backups;
using PiCam.Blazor.Configuration;
using PiCam.Blazor.Security;
using PiCam.Core.Access;

namespace PiCam.Blazor.Api;

/// <summary>Backups of all settings, and their restore.</summary>
internal static class BackupEndpoints
{
    private const string Passphrase = "passphrase";

    // No part of the address, which ends up in logs; percent-encoded, because headers hold no other scripts.
    private const string PassphraseHeader = "PiCam-Passphrase";

    private const string FileType = "application/zip";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var backup = endpoints.MapGroup("/backup").WithTags("Backup").RequireRateLimiting(RequestRates.Work).ProducesProblem(StatusCodes.Status403Forbidden);
        backup.MapPost("", MakeAsync)
            .WithSummary("Makes a backup of all settings; with a passphrase also of people, tokens and what else is secret, encrypted (Administrator).")
            .WithDescription("Pictures and films are not in it. No body is as good as no passphrase. With a passphrase a browser's session must have typed the password within ten minutes; a token need not.")
            .WithMetadata(new RequestSizeLimitAttribute(4096))
            .Accepts<JsonObject>(isOptional: true, "application/json")
            .WithExample("""{"passphrase": "correct horse battery staple"}""")
            .Produces(StatusCodes.Status200OK, contentType: FileType)
            .ProducesValidationProblem();
        backup.MapPost("/restore", RestoreAsync)
            .WithSummary("Restores a backup and restarts PiCam; with preview=true it only says what would change (Administrator).")
            .WithDescription($"The body is the file, at most 20 MB; the passphrase is the header {PassphraseHeader}, percent-encoded. A browser's session must have typed the password within ten minutes; a token need not.")
            .WithMetadata(new RequestSizeLimitAttribute(BackupArchive.MostBytes))
            .Accepts<byte[]>(FileType, "application/octet-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);
    }

    private static async Task<FileContentHttpResult> MakeAsync(HttpContext context, BackupMaker maker, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.Backup, cancellationToken, mayBeEmpty: true).ConfigureAwait(false);
        fields.Know(Passphrase);
        var passphrase = fields.Text(Passphrase);
        fields.Refuse();
        var session = context.User.FindFirstValue(PanelClaims.Session);
        var made = await maker.MakeAsync(caller, session, passphrase, cancellationToken).ConfigureAwait(false);
        return TypedResults.File(made.Content, FileType, made.FileName);
    }

    private static async Task<IResult> RestoreAsync(
        HttpContext context, BackupRestore restore, PanelRestart restart, bool? preview, CancellationToken cancellationToken)
    {
        var caller = CallerFactory.From(context);
        caller.Demand(Permission.Backup);
        using var file = new MemoryStream();
        await context.Request.Body.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        var passphrase = Uri.UnescapeDataString(context.Request.Headers[PassphraseHeader].ToString());
        if (preview == true)
        {
            return TypedResults.Ok(await restore.PreviewAsync(caller, file.ToArray(), passphrase, cancellationToken).ConfigureAwait(false));
        }

        var changed = await restore.RestoreAsync(caller, context.User.FindFirstValue(PanelClaims.Session), file.ToArray(), passphrase, cancellationToken).ConfigureAwait(false);
        restart.Begin(caller);
        return TypedResults.Accepted((string?)null, changed);
    }
}
