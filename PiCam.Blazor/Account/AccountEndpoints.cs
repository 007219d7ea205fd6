using Microsoft.AspNetCore.Localization;
using PiCam.Blazor.Layout;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.Account;

public static class AccountEndpoints
{
    /// <summary>Texts in the languages of the panel.</summary>
    public static IServiceCollection AddPiCamAccount(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddSingleton<PanelLanguage>();
        services.AddHostedService(provider => provider.GetRequiredService<PanelLanguage>());
        services.Configure<RequestLocalizationOptions>(PanelCultures.Configure);
        return services;
    }

    /// <summary>Sign-out and the choice of language and theme. The pages /setup and /sign-in are Razor components.</summary>
    public static void MapPiCamAccount(this IEndpointRouteBuilder endpoints)
    {
        // A form of a page over the circuit has no antiforgery token; the origin guard has checked where it came from.
        endpoints.MapPost("/sign-out", async (PanelSignIn signIn) =>
        {
            await signIn.SignOutAsync().ConfigureAwait(false);
            return Results.LocalRedirect("/sign-in");
        }).ExcludeFromDescription();

        PasskeyEndpoints.Map(endpoints);
        endpoints.MapGet("/language", ChooseLanguage).ExcludeFromDescription();
        endpoints.MapGet("/theme", ChooseTheme).ExcludeFromDescription();
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

                // Not a secure one, no secret: a page over HTTP could not replace it.
                SameSite = SameSiteMode.Lax,
                HttpOnly = true,
                IsEssential = true,
            });
        return Results.LocalRedirect(LocalUrl.OrHome(returnUrl));
    }

    // The pages over the circuit change the theme by script; these links are for the plain ones.
    private static IResult ChooseTheme(string? name, string? returnUrl, HttpContext context, TimeProvider time)
    {
        if (name is not (ThemeCookie.Dark or ThemeCookie.Light))
        {
            return Results.Problem(
                $"name must be {ThemeCookie.Dark} or {ThemeCookie.Light}.", statusCode: StatusCodes.Status400BadRequest);
        }

        context.Response.Cookies.Append(
            ThemeCookie.Name,
            name,
            new CookieOptions { Expires = time.GetUtcNow().AddYears(1), SameSite = SameSiteMode.Lax, IsEssential = true });
        return Results.LocalRedirect(LocalUrl.OrHome(returnUrl));
    }
}
