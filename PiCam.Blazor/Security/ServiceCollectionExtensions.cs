using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PiCam.Blazor.Api;
using PiCam.Blazor.Audit;
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
            .AddClaimsPrincipalFactory<PiCamPrincipalFactory>()
            .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddSingleton<IPasswordHasher<PiCamUser>, PasswordHasher<PiCamUser>>();
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.AddSingleton<SpentCodes>();
        services.AddSingleton<People>();
        services.AddSingleton<Tokens>();
        services.AddSingleton<Links>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<IAuditTrail>(provider => provider.GetRequiredService<AuditTrail>());
        services.AddSingleton<AuditLog>();
        return services;
    }

    /// <summary>Who may reach the panel: sign-in by cookie or token, the guards, set-up.</summary>
    public static IServiceCollection AddPiCamSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddPiCamPeople();
        new IdentityBuilder(typeof(PiCamUser), services).AddSignInManager<PanelSignIn>();
        services.AddSingleton<GuessLimit>();
        services.AddSingleton<OpenLimit>();
        services.AddSingleton<ConnectionLimit>();
        services.AddSingleton<HashingTurn>();

        // A passkey stands for password and code: the key alone, without a finger or a PIN, is not enough.
        services.Configure<IdentityPasskeyOptions>(passkeys => passkeys.UserVerificationRequirement = "required");
        services.AddSingleton<RequestRates>();
        services.AddSingleton<NetworkRate>();
        services.AddSingleton<CallerRate>();
        services.AddSingleton<SignInMethods>();
        services.AddSingleton<Welcoming>();
        services.AddAuthentication(CookieOrTokenScheme)
            .AddPolicyScheme(CookieOrTokenScheme, displayName: null, policy => policy.ForwardDefaultSelector =
                context => context.Request.Headers.Authorization.Count > 0
                    ? TokenAuthentication.SchemeName
                    : StreamKeyAuthentication.IsMeant(context.Request)
                        ? StreamKeyAuthentication.SchemeName
                        : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, StreamKeyAuthentication>(StreamKeyAuthentication.SchemeName, configureOptions: null)
            .AddCookie(IdentityConstants.ApplicationScheme, SignInCookie.Configure)
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, SignInCookie.ConfigureStep);
        services.AddSingleton<PrincipalCheck>();
        services.AddSingleton<IPrincipalCheck>(provider => provider.GetRequiredService<PrincipalCheck>());
        services.AddSingleton<ICallerCheck>(provider => provider.GetRequiredService<PrincipalCheck>());
        services.AddSingleton<Welcomes>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, CircuitAuthentication>();

        services.AddSingleton<IAuthorizationHandler, SignedInRequirement>();
        services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().AddRequirements(new SignedInRequirement()).Build())
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().AddRequirements(new SignedInRequirement()).Build())
            .AddPolicy(SignedInRequirement.GuestsToo, policy => policy.AddRequirements(new SignedInRequirement(guestsToo: true)));

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
        services.AddHostedService(provider => provider.GetRequiredService<AuditTrail>());
        services.AddHostedService<AccountUpkeep>();
        return services;
    }

    /// <summary>The guards, from the outermost inwards.</summary>
    public static WebApplication UsePiCamSecurity(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<HostGuard>();
        app.UseRequestLocalization();
        app.UseMiddleware<MjpgStreamerPaths>();
        app.UseRouting();
        app.UseMiddleware<HttpsRedirect>();
        app.UseMiddleware<OriginGuard>();
        app.UseMiddleware<SetupGuard>();
        app.UseMiddleware<NetworkRate>();
        app.UseAuthentication();
        app.UseMiddleware<CallerRate>();
        app.UseAuthorization();
        app.UseMiddleware<CircuitLimit>();
        app.UseAntiforgery();
        return app;
    }
}
