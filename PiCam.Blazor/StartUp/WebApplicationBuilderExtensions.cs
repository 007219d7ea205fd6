using PiCam.Blazor.Certificates;

namespace PiCam.Blazor.StartUp;

public static class WebApplicationBuilderExtensions
{
    private static readonly string[] AddressKeys = ["urls", "http_ports", "https_ports"];

    /// <summary>How the panel listens and what it says: ports 8080 and 8443, static assets of an unpublished build, a quiet console, the banner.</summary>
    public static WebApplicationBuilder AddPiCamHosting(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (AddressKeys.All(key => string.IsNullOrEmpty(builder.Configuration[key]))
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            // Whether it is a mode at all is checked when the panel starts.
            var https = builder.Configuration.GetSection(HttpsOptions.Section).Get<HttpsOptions>()?.Is(HttpsOptions.Off) != true;
            builder.WebHost.UseUrls(https ? ["http://0.0.0.0:8080", "https://0.0.0.0:8443"] : ["http://0.0.0.0:8080"]);
        }

        // Outside Development an unpublished build answers 500 for the assets of packages without this.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(ServerLimits.Configure);

        // What is written goes to the kernel at once, on the same thread. Else each picture for each reader waits for another thread, and with many
        // of them the arrays that they lie in meanwhile are more than the runtime keeps ready: a third of all pictures had a new one made.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);

        // Warnings and errors only, on standard error, so that the banner can be read; the section Logging still decides.
        var phase = new StartUpPhase();
        builder.Services.AddSingleton(phase);
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
        });
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        phase.Quieten(builder.Logging);

        // It warns at the first start that the keys are not encrypted; they lie in a folder of mode 0700.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);

        // It would log addresses of requests, and links of guests and invited people have their keys in them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);

        builder.Services.AddSingleton(new PanelConsole(Console.Out));
        builder.Services.AddSingleton<Banner>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Banner>());
        return builder;
    }
}
