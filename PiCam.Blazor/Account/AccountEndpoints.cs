using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Localization;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.Account;

public static class AccountEndpoints
{
    /// <summary>Texts in the languages of the panel.</summary>
    public static IServiceCollection AddPiCamAccount(this IServiceCollection services)
    {
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(PanelCultures.Configure);
        return services;
    }

    /// <summary>Sign-out and the choice of language. The pages /setup and /sign-in are Razor components.</summary>
    public static void MapPiCamAccount(this IEndpointRouteBuilder endpoints)
    {
        // A form of a page over the circuit has no antiforgery token; the origin guard has checked where it came from.
        endpoints.MapPost("/sign-out", async (SignInManager<PiCamUser> signIn) =>
        {
            await signIn.SignOutAsync().ConfigureAwait(false);
            return Results.LocalRedirect("/sign-in");
        }).ExcludeFromDescription();

        endpoints.MapGet("/language", ChooseLanguage).ExcludeFromDescription();
    }

    private static IResult ChooseLanguage(string? culture, string? returnUrl, HttpContext context, TimeProvider time)
    {
        if (PanelCultures.Nearest(culture) is not { } nearest)
        {
            return Results.Problem(
                $"culture must be {PanelCultures.English} or {PanelCultures.Chinese}.", statusCode: StatusCodes.Status400BadRequest);
        }

        context.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(nearest)),
            new CookieOptions
            {
                Expires = time.GetUtcNow().AddYears(1),
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                HttpOnly = true,
                IsEssential = true,
            });
        return Results.LocalRedirect(LocalUrl.OrHome(returnUrl));
    }
}
