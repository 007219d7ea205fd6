using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Net.Http.Headers;

namespace PiCam.Blazor.Security;

/// <summary>How often one may ask: enough for any page and any sensible program, too little to keep a small board from its work.</summary>
/// <remarks>
/// Whatever is asked counts for its network before anybody looks who it is (<see cref="NetworkRate"/>), then for the caller; and some groups
/// of endpoints have a rate of their own beside that.
/// </remarks>
internal static class RequestRates
{
    /// <summary>Group: pages by which one gets in. Counted by network.</summary>
    public const string Welcome = "welcome";

    /// <summary>Group: what the API changes; to read is free.</summary>
    public const string Changes = "changes";

    /// <summary>Group: what keeps the board busy for long, such as backups and archives.</summary>
    public const string Work = "work";

    // A page with all its scripts, pictures and a library full of thumbnails is 300 requests.
    private static readonly Rate Caller = new(Burst: 1000, PerSecond: 200);

    // Several callers behind one router.
    private static readonly Rate Network = new(Burst: 2000, PerSecond: 400);

    public static void Configure(RateLimiterOptions options)
    {
        options.AddPolicy(Welcome, context => Partition(NetworkOf(context), new(Burst: 100, PerSecond: 20)));

        // A slider that is dragged, and a joystick beside it.
        options.AddPolicy(Changes, context => IsRead(context.Request.Method)
            ? RateLimitPartition.GetNoLimiter("")
            : Partition(CallerOf(context), new(Burst: 400, PerSecond: 100)));
        options.AddPolicy(Work, context => Partition(CallerOf(context), new(Burst: 20, PerSecond: 1)));
        options.OnRejected = (rejected, _) => new ValueTask(RefuseAsync(rejected.HttpContext, rejected.Lease));
    }

    /// <summary>Counts whatever is asked, once for its network and once for its caller. One for both: each wakes the processor ten times a second.</summary>
    public static PartitionedRateLimiter<(HttpContext Context, bool IsCallerKnown)> CreateLimiter() =>
        PartitionedRateLimiter.Create<(HttpContext Context, bool IsCallerKnown), string>(asked => asked.IsCallerKnown
            ? Partition("caller " + CallerOf(asked.Context), Caller)
            : Partition("network " + NetworkOf(asked.Context), Network));

    /// <summary>Says when to come again.</summary>
    public static Task RefuseAsync(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        context.Response.Headers[HeaderNames.RetryAfter] =
            Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem("Too many requests; ask less often.", statusCode: StatusCodes.Status429TooManyRequests)
            .ExecuteAsync(context);
    }

    private static RateLimitPartition<string> Partition(string key, Rate rate) => RateLimitPartition.GetTokenBucketLimiter(
        key,
        _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = rate.Burst,
            TokensPerPeriod = rate.PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        });

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    private static string CallerOf(HttpContext context) => PrincipalKey.Of(context.User) ?? NetworkOf(context);

    private static string NetworkOf(HttpContext context) => "from " + ClientAddress.Network(context.Connection.RemoteIpAddress);

    private sealed record Rate(int Burst, int PerSecond);
}
