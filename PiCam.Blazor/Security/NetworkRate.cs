using System.Threading.RateLimiting;

namespace PiCam.Blazor.Security;

/// <summary>Refuses a network that asks too often before its cookie or token costs a look into the database.</summary>
internal sealed class NetworkRate : IMiddleware, IDisposable
{
    private readonly PartitionedRateLimiter<(HttpContext Context, bool IsCallerKnown)> limiter = RequestRates.CreateLimiter();

    /// <summary>Counts by caller, for who looks after it is known.</summary>
    public PartitionedRateLimiter<HttpContext> Callers => limiter.WithTranslatedKey<HttpContext>(context => (context, true), leaveOpen: true);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        using var lease = limiter.AttemptAcquire((context, false));
        await (lease.IsAcquired ? next(context) : RequestRates.RefuseAsync(context, lease)).ConfigureAwait(false);
    }

    public void Dispose() => limiter.Dispose();
}
