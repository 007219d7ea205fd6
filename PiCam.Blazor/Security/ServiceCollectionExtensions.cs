using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PiCam.Blazor.Certificates;
using PiCam.Blazor.Data;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

public static class ServiceCollectionExtensions
{
    private const string CookieOrTokenScheme = "PiCam";

    /// <summary>People and tokens: what the panel and the command line share.</summary>
    public static IServiceCollection AddPiCamPeople(this IServiceCollection services)
    {
        services.AddIdentityCore<PiCamUser>(Passwords.Configure)
            .AddEntityFrameworkStores<PiCamDbContext>()
            .AddClaimsPrincipalFactory<PiCamPrincipalFactory>();
        services.AddScoped<People>();
        services.AddSingleton<Tokens>();
        return services;
    }

    /// <summary>Who may reach the panel: sign-in by cookie or token, the guards, set-up.</summary>
    public static IServiceCollection AddPiCamSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddPiCamPeople();
        new IdentityBuilder(typeof(PiCamUser), services).AddSignInManager();
        services.AddAuthentication(CookieOrTokenScheme)
            .AddPolicyScheme(CookieOrTokenScheme, displayName: null, policy => policy.ForwardDefaultSelector =
                context => context.Request.Headers.Authorization.Count > 0
                    ? TokenAuthentication.SchemeName
                    : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, configureOptions: null)
            .AddCookie(IdentityConstants.ApplicationScheme, SignInCookie.Configure);
        services.AddSingleton<PrincipalCheck>();
        services.AddSingleton<IPrincipalCheck>(provider => provider.GetRequiredService<PrincipalCheck>());
        services.AddSingleton<ICallerCheck>(provider => provider.GetRequiredService<PrincipalCheck>());
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, CircuitAuthentication>();

        services.AddSingleton<IAuthorizationHandler, SignedInRequirement>();
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().AddRequirements(new SignedInRequirement()).Build());

        services.AddSingleton<IValidateOptions<NetworkOptions>, NetworkOptionsValidator>();
        services.AddOptions<NetworkOptions>().Bind(configuration.GetSection(NetworkOptions.Section)).ValidateOnStart();
        services.AddSingleton(provider => new HostNames(
            Environment.MachineName, provider.GetRequiredService<IOptions<NetworkOptions>>().Value.AllowedHosts));

        services.AddSingleton<KnownProxies>();
        services.AddSingleton<SetupState>();
        services.AddSingleton<ISetupState>(provider => provider.GetRequiredService<SetupState>());
        services.AddSingleton<Setup>();

        // In this order: the database, then who watches it, then who asks it.
        services.AddHostedService(provider => provider.GetRequiredService<DatabasePreparation>());
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseWatcher>());
        services.AddHostedService<SetupWatch>();
        return services;
    }

    /// <summary>The guards, from the outermost inwards.</summary>
    public static WebApplication UsePiCamSecurity(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<HostGuard>();
        app.UseRequestLocalization();
        app.UseRouting();
        app.UseMiddleware<HttpsRedirect>();
        app.UseMiddleware<OriginGuard>();
        app.UseMiddleware<SetupGuard>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        return app;
    }
}
