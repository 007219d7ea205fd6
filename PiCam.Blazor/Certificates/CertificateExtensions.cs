using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.Certificates;

/// <summary>HTTPS: certificates, and the way to them from HTTP.</summary>
public static class CertificateExtensions
{
    /// <summary>The panel's certificate for every https address that it listens on. After the data folder and the database in the order of the start.</summary>
    public static IServiceCollection AddPiCamCertificates(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton<IValidateOptions<HttpsOptions>, HttpsOptionsValidator>();
        services.AddOptions<HttpsOptions>().Bind(configuration.GetSection(HttpsOptions.Section)).ValidateOnStart();
        services.AddSingleton<IMachineAddresses, MachineAddresses>();
        services.AddSingleton(CreateCertificate);
        services.AddSingleton<HttpsEndpoint>();
        services.AddSingleton<AlwaysHttps>();
        services.AddHostedService(provider => provider.GetRequiredService<PanelCertificate>());
        services.AddHostedService<AlwaysHttpsWatch>();
        services.AddOptions<KestrelServerOptions>().Configure<PanelCertificate, IOptions<HttpsOptions>>(UseCertificate);
        return services;
    }

    /// <summary>The authority's certificate, for whoever wants to trust it. The page /certificate is a Razor component.</summary>
    public static void MapPiCamCertificates(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(PublicEndpoints.AuthorityFile, (PanelCertificate certificate, HostNames hosts, HttpContext context) =>
        {
            if (certificate.Current?.Authority is not { } authority)
            {
                return Results.Problem("This panel has no certificate authority of its own.", statusCode: StatusCodes.Status404NotFound);
            }

            context.Response.Headers.CacheControl = "no-store";
            return Results.File(authority.RawData, "application/x-x509-ca-cert", $"picam-{hosts.MachineName}.crt");
        }).ExcludeFromDescription();
    }

    private static PanelCertificate CreateCertificate(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<HttpsOptions>>().Value;
        ICertificateSource? source = options.Is(HttpsOptions.Off) ? null
            : options.Is(HttpsOptions.Own) ? ActivatorUtilities.CreateInstance<OwnCertificate>(provider)
            : ActivatorUtilities.CreateInstance<LocalCertificate>(provider);
        return new PanelCertificate(
            source,
            provider.GetRequiredService<IMachineAddresses>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PanelCertificate>>());
    }

    private static void UseCertificate(KestrelServerOptions kestrel, PanelCertificate certificate, IOptions<HttpsOptions> options)
    {
        if (options.Value.Is(HttpsOptions.Off))
        {
            return;
        }

        kestrel.ConfigureHttpsDefaults(https =>
        {
            https.ServerCertificateSelector = (_, _) => certificate.Current?.Certificate;
            https.OnAuthenticate = (_, authentication) =>
            {
                // The selector gives one certificate; browsers need those of its issuers too, and SslStream takes one or the other.
                authentication.ServerCertificateSelectionCallback = null;
                authentication.ServerCertificateContext = certificate.Current?.Chain;
            };
        });
    }
}
