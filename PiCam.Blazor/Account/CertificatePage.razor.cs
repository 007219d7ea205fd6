using Microsoft.AspNetCore.Components;
using PiCam.Blazor.Certificates;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.Account;

/// <summary>How a device comes to trust this panel's certificates. Plain HTML, for whoever is signed in and whoever is not.</summary>
public sealed partial class CertificatePage
{
    private static readonly string[] Systems = ["Android", "Ios", "Windows", "Mac", "Linux"];

    [Inject]
    private PanelCertificate Certificate { get; set; } = default!;

    [Inject]
    private HttpsEndpoint Endpoint { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    // What the visitor sees is the proxy's certificate, and whether the panel's own port can be reached from there, nobody knows.
    private bool IsProxied => KnownProxies.HasPassed(HttpContext);

    private string? SecureAddress => IsProxied ? null : Endpoint.AddressOf(HttpContext.Request, "/");

    /// <summary>The last day of the owner's certificate, if that is over: it explains the browser's warning.</summary>
    private string? Ended => !IsProxied && Certificate.Current is { Authority: null, Certificate.NotAfter: var end } && end.ToUniversalTime() <= Time.GetUtcNow()
        ? CertificateInUse.DayOf(end)
        : null;

    /// <summary>The visitor's, as their browser tells it; an iPad may say that it is a Mac.</summary>
    private string? Own => HttpContext.Request.Headers.UserAgent.ToString() switch
    {
        var agent when Says(agent, "Android") => "Android",
        var agent when Says(agent, "iPhone") || Says(agent, "iPad") || Says(agent, "iPod") => "Ios",
        var agent when Says(agent, "Windows") => "Windows",
        var agent when Says(agent, "Macintosh") => "Mac",
        var agent when Says(agent, "Linux") || Says(agent, "CrOS") => "Linux",
        _ => null,
    };

    private static bool Says(string agent, string system) => agent.Contains(system, StringComparison.Ordinal);
}
