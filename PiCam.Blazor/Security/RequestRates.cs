using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Net.Http.Headers;

namespace PiCam.Blazor.Security;

/// <summary>How often one may ask: enough for any page and any sensible program, too little to keep a small board from its work.</summary>
internal static class RequestRates
{
    // A page with all its scripts, pictures and a library full of thumbnails is 300 requests.
    private const int Burst = 1000;
    private const int PerSecond = 200;

    public static void Configure(RateLimiterOptions options)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            CallerOf(context),
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Burst,
                TokensPerPeriod = PerSecond / 4,
                ReplenishmentPeriod = TimeSpan.FromSeconds(0.25),
                QueueLimit = 0,
            }));
        options.OnRejected = (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
            rejected.HttpContext.Response.Headers[HeaderNames.RetryAfter] =
                Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return new ValueTask(TypedResults.Problem(
                "Too many requests; ask less often.",
                statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(rejected.HttpContext));
        };
    }

    private static string CallerOf(HttpContext context) => PrincipalKey.Of(context.User)
        ?? (context.Connection.RemoteIpAddress is { } address ? "from " + GuessLimit.Network(address) : "from -");
}
