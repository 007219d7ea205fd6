using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using PiCam.Blazor.Security;
using PiCam.Core;

namespace PiCam.Blazor.Account;

/// <summary>
/// What the pages' scripts ask for before and after the browser deals with a passkey. Over plain requests, because the
/// challenge is kept in a cookie. A form token is not needed: the origin guard has checked where the request came from.
/// </summary>
internal static class PasskeyEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/sign-in/passkey/options", async (PanelSignIn signIn) =>
            Json(await signIn.MakePasskeyRequestOptionsAsync(null).ConfigureAwait(false))).RequireRateLimiting(RequestRates.Welcome).ExcludeFromDescription();
        endpoints.MapPost("/sign-in/passkey", SignInAsync).RequireRateLimiting(RequestRates.Welcome).WithMetadata(new RequestSizeLimitAttribute(16 * 1024)).ExcludeFromDescription();
        endpoints.MapPost("/account/passkey/options", OptionsAsync).RequireAuthorization().ExcludeFromDescription();
        endpoints.MapPost("/account/passkey", AddAsync).RequireAuthorization().ExcludeFromDescription();
    }

    private static async Task<IResult> SignInAsync(HttpContext context, PanelSignIn signIn, JsonElement credential)
    {
        try
        {
            return (await signIn.WithPasskeyAsync(credential.GetRawText()).ConfigureAwait(false)).Succeeded
                ? TypedResults.NoContent()
                : Refuse(PeopleFault.PasskeyFailed, StatusCodes.Status400BadRequest);
        }
        catch (TooManyAttemptsException refused)
        {
            return Refuse(refused.Reason, StatusCodes.Status429TooManyRequests);
        }
    }

    private static async Task<IResult> OptionsAsync(HttpContext context, PanelSignIn signIn, SignInMethods methods)
    {
        var caller = CallerFactory.From(context);
        try
        {
            await methods.DemandConfirmedAsync(caller, SessionOf(context), context.RequestAborted).ConfigureAwait(false);
        }
        catch (PeopleException refused)
        {
            return Refuse(refused.Reason, StatusCodes.Status403Forbidden);
        }

        return Json(await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity
        {
            Id = caller.UserId,
            Name = caller.Name,
            DisplayName = caller.Name,
        }).ConfigureAwait(false));
    }

    private static async Task<IResult> AddAsync(HttpContext context, PanelSignIn signIn, SignInMethods methods, JsonElement credential, string? name)
    {
        var caller = CallerFactory.From(context);
        try
        {
            var attestation = await signIn.PerformPasskeyAttestationAsync(credential.GetRawText()).ConfigureAwait(false);
            if (!attestation.Succeeded || attestation.UserEntity.Id != caller.UserId)
            {
                return Refuse(PeopleFault.PasskeyFailed, StatusCodes.Status400BadRequest);
            }

            await methods.AddPasskeyAsync(caller, SessionOf(context), attestation.Passkey, name ?? "", context.RequestAborted).ConfigureAwait(false);
            return TypedResults.NoContent();
        }
        catch (PeopleException refused)
        {
            return Refuse(refused.Reason, StatusCodes.Status400BadRequest);
        }
        catch (InvalidOperationException)
        {
            // Nobody asked for a challenge, or too long ago.
            return Refuse(PeopleFault.PasskeyFailed, StatusCodes.Status400BadRequest);
        }
    }

    private static string? SessionOf(HttpContext context) => context.User.FindFirstValue(PanelClaims.Session);

    private static ContentHttpResult Json(string json) => TypedResults.Content(json, "application/json");

    private static ProblemHttpResult Refuse(Reason reason, int status) => TypedResults.Problem(reason.English, statusCode: status);
}
