using Microsoft.AspNetCore.StaticAssets;

namespace PiCam.Blazor.Security;

/// <summary>
/// The one table of what can be reached without signing in; whatever is not in it needs a signed-in person or a token.
/// </summary>
public static class PublicEndpoints
{
    /// <summary>Where the first account is made.</summary>
    public const string Setup = "/setup";

    /// <summary>Where it is explained how a device comes to trust this panel.</summary>
    public const string Certificate = "/certificate";

    /// <summary>What it is to trust.</summary>
    public const string AuthorityFile = "/certificate/picam-ca.crt";

    private static readonly PublicEndpoint[] Table =
    [
        new(Setup, DuringSetup: true),
        new(Certificate, DuringSetup: true, OverHttp: true),
        new(AuthorityFile, DuringSetup: true, OverHttp: true),
        new("/healthz", DuringSetup: true, OverHttp: true),
        new("/readyz", DuringSetup: true, OverHttp: true),
        new("/language", DuringSetup: true, OverHttp: true),
        new("/theme", DuringSetup: true, OverHttp: true),
        new("/problem/{status:int}", DuringSetup: true, OverHttp: true),
        new("/sign-in", DuringSetup: false),
        new("/sign-out", DuringSetup: false),
    ];

    /// <summary>The routes in the table. Static assets (style sheets, scripts) are public as well.</summary>
    public static IReadOnlyCollection<string> Routes => Array.ConvertAll(Table, entry => entry.Route);

    /// <summary>Whether anybody may reach <paramref name="endpoint"/>.</summary>
    public static bool Includes(Endpoint? endpoint) => IsStaticAsset(endpoint) || Find(endpoint) is not null;

    /// <summary>Whether <paramref name="endpoint"/> works before the first account exists.</summary>
    public static bool WorksDuringSetup(Endpoint? endpoint) => IsStaticAsset(endpoint) || Find(endpoint) is { DuringSetup: true };

    /// <summary>Whether <paramref name="endpoint"/> is not led to HTTPS: what a device needs before it can come that way, and what asks if the panel lives.</summary>
    public static bool WorksOverHttp(Endpoint? endpoint) => IsStaticAsset(endpoint) || Find(endpoint) is { OverHttp: true };

    private static PublicEndpoint? Find(Endpoint? endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } route }
            ? Table.FirstOrDefault(entry => entry.Route.Equals("/" + route.TrimStart('/'), StringComparison.OrdinalIgnoreCase))
            : null;

    private static bool IsStaticAsset(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    private sealed record PublicEndpoint(string Route, bool DuringSetup, bool OverHttp = false);
}
