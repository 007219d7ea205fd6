using System.Reflection;
using RouteAttribute = Microsoft.AspNetCore.Components.RouteAttribute;
using Microsoft.AspNetCore.StaticAssets;

namespace PiCam.Blazor.Security;

/// <summary>
/// The one table of what can be reached without signing in; whatever is not in it needs a signed-in person or a token.
/// </summary>
public static class PublicEndpoints
{
    /// <summary>Where the first account is made.</summary>
    public const string Setup = "/setup";

    /// <summary>Where guest links lead.</summary>
    public const string Guest = "/guest";

    /// <summary>Where it is explained how a device comes to trust this panel.</summary>
    public const string Certificate = "/certificate";

    /// <summary>What it is to trust.</summary>
    public const string AuthorityFile = "/certificate/picam-ca.crt";

    /// <summary>The newest picture; not public.</summary>
    public const string Snapshot = "/snapshot.jpg";

    /// <summary>The live picture as multipart JPEG; not public.</summary>
    public const string Stream = "/stream.mjpg";

    /// <summary>The live picture as a film for a page; not public.</summary>
    public const string Film = "/stream.film";

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
        new("/sign-in/code", DuringSetup: false),
        new("/sign-in/passkey/options", DuringSetup: false),
        new("/sign-in/passkey", DuringSetup: false),
        new("/invitation", DuringSetup: false),
        new(Guest, DuringSetup: false),
        new("/sign-out", DuringSetup: false),
    ];

    /// <summary>The routes in the table. Static assets (style sheets, scripts) are public as well.</summary>
    public static IReadOnlyCollection<string> Routes => Array.ConvertAll(Table, entry => entry.Route);

    // What a guest sees the live picture by.
    private static readonly string[] GuestTable =
        ["/", "/_blazor", "/_blazor/negotiate", "/_blazor/disconnect", "/_blazor/initializers", Snapshot, Stream, Film];

    /// <summary>The routes that guests may reach, beside the public ones.</summary>
    public static IReadOnlyCollection<string> GuestRoutes => GuestTable;

    /// <summary>Whether guests may reach <paramref name="endpoint"/>.</summary>
    public static bool WelcomesGuests(Endpoint? endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } route } && WelcomesGuests(route);

    /// <summary>Whether guests may open the page.</summary>
    public static bool WelcomesGuests(Type page) =>
        page.GetCustomAttributes<RouteAttribute>().Any(route => WelcomesGuests(route.Template));

    /// <summary>Whether a key in its address may open <paramref name="endpoint"/>: the live picture for programs.</summary>
    public static bool TakesStreamKeys(Endpoint? endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: Snapshot or Stream };

    /// <summary>Whether anybody may reach <paramref name="endpoint"/>.</summary>
    public static bool Includes(Endpoint? endpoint) => IsStaticAsset(endpoint) || Find(endpoint) is not null;

    /// <summary>Whether <paramref name="endpoint"/> works before the first account exists.</summary>
    public static bool WorksDuringSetup(Endpoint? endpoint) => IsStaticAsset(endpoint) || Find(endpoint) is { DuringSetup: true };

    /// <summary>Whether <paramref name="endpoint"/> is not led to HTTPS: what a device needs before it can come that way, and what asks if the panel lives.</summary>
    public static bool WorksOverHttp(Endpoint? endpoint) => IsStaticAsset(endpoint) || Find(endpoint) is { OverHttp: true };

    private static bool WelcomesGuests(string route) =>
        GuestTable.Contains("/" + route.Trim('/'), StringComparer.OrdinalIgnoreCase);

    private static PublicEndpoint? Find(Endpoint? endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } route }
            ? Table.FirstOrDefault(entry => entry.Route.Equals("/" + route.TrimStart('/'), StringComparison.OrdinalIgnoreCase))
            : null;

    private static bool IsStaticAsset(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    private sealed record PublicEndpoint(string Route, bool DuringSetup, bool OverHttp = false);
}
