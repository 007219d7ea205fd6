using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Net.Http.Headers;

namespace PiCam.Blazor.Security;

/// <summary>How often one may ask: enough for any page and any sensible program, too little to keep a small board from its work.</summary>
/// <remarks>
/// Whatever is asked counts for its network before anybody looks who it is (<see cref="NetworkRate"/>), then for the caller
/// (<see cref="CallerRate"/>); and groups of endpoints, named by <see cref="EnableRateLimitingAttribute"/>, have a rate of their own beside that.
/// The framework's own middleware would do the same, and more kinds of it, but wakes the processor twenty times a second, also while nobody asks.
/// </remarks>
internal sealed class RequestRates(TimeProvider time)
{
    /// <summary>Group: pages by which one gets in. Counted by network.</summary>
    public const string Welcome = "welcome";

    /// <summary>Group: what the API changes; to read is free.</summary>
    public const string Changes = "changes";

    /// <summary>Group: what keeps the board busy for long, such as backups and archives.</summary>
    public const string Work = "work";

    /// <summary>Bounds the memory that strangers can take: about 4 MB.</summary>
    internal const int MostBuckets = 10_000;

    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(10);

    // A page with all its scripts, pictures and a library full of thumbnails is 300 requests.
    private static readonly Rate Caller = new(Burst: 1000, PerSecond: 200);

    // Several callers behind one router.
    private static readonly Rate Network = new(Burst: 2000, PerSecond: 400);

    private static readonly Rate WaysIn = new(Burst: 100, PerSecond: 20);

    // A slider that is dragged, and a joystick beside it.
    private static readonly Rate Changing = new(Burst: 400, PerSecond: 100);

    private static readonly Rate Working = new(Burst: 20, PerSecond: 1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, TokenBucketRateLimiter> buckets = new(StringComparer.Ordinal);
    private long swept = time.GetTimestamp();

    /// <summary>How many networks and callers it counts for now.</summary>
    internal int Held
    {
        get
        {
            lock (gate)
            {
                return buckets.Count;
            }
        }
    }

    /// <summary>Counts what is asked for the network that it comes from.</summary>
    public RateLimitLease CountForNetwork(HttpContext context) => Count("network " + NetworkOf(context), Network);

    /// <summary>Counts what is asked for who asks.</summary>
    public RateLimitLease CountForCaller(HttpContext context) => Count("caller " + CallerOf(context), Caller);

    /// <summary>Counts what is asked for the group that its endpoint is of, if it is of one.</summary>
    /// <exception cref="InvalidOperationException">There is no such group.</exception>
    public RateLimitLease? CountForGroup(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName switch
    {
        null => null,
        Welcome => Count("welcome " + NetworkOf(context), WaysIn),
        Changes when IsRead(context.Request.Method) => null,
        Changes => Count("changes " + CallerOf(context), Changing),
        Work => Count("work " + CallerOf(context), Working),
        var other => throw new InvalidOperationException($"No rate is named {other}."),
    };

    /// <summary>Says when to come again.</summary>
    public static Task RefuseAsync(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        context.Response.Headers[HeaderNames.RetryAfter] =
            Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem("Too many requests; ask less often.", statusCode: StatusCodes.Status429TooManyRequests)
            .ExecuteAsync(context);
    }

    private RateLimitLease Count(string key, Rate rate)
    {
        var bucket = Bucket(key, rate);
        bucket.TryReplenish();
        return bucket.AttemptAcquire();
    }

    private TokenBucketRateLimiter Bucket(string key, Rate rate)
    {
        lock (gate)
        {
            if (buckets.TryGetValue(key, out var known))
            {
                return known;
            }

            if (time.GetElapsedTime(swept) >= BetweenSweeps)
            {
                Sweep();
                swept = time.GetTimestamp();
            }

            // When there are too many, whoever is new shares one.
            var shared = buckets.Count < MostBuckets ? key : $"others {rate}";
            if (!buckets.TryGetValue(shared, out var bucket))
            {
                buckets[shared] = bucket = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
                {
                    TokenLimit = rate.Burst,
                    TokensPerPeriod = rate.PerSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    QueueLimit = 0,
                    AutoReplenishment = false,
                });
            }

            return bucket;
        }
    }

    /// <summary>Forgets those that are full again: a new one would be the same. Call under the lock.</summary>
    private void Sweep()
    {
        foreach (var (key, bucket) in buckets)
        {
            bucket.TryReplenish();
            if (bucket.IdleDuration is not null)
            {
                buckets.Remove(key);
            }
        }
    }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    private static string CallerOf(HttpContext context) => PrincipalKey.Of(context.User) ?? NetworkOf(context);

    private static string NetworkOf(HttpContext context) => "from " + ClientAddress.Network(context.Connection.RemoteIpAddress);

    private sealed record Rate(int Burst, int PerSecond);
}
