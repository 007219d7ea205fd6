using System.Threading.RateLimiting;

namespace PiCam.Blazor.Security;

/// <summary>Refuses a network that asks too often before its cookie or token costs a look into the database.</summary>
internal sealed class NetworkRate : IMiddleware, IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> limiter = RequestRates.CreateNetworkLimiter();

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        using var lease = limiter.AttemptAcquire(context);
        await (lease.IsAcquired ? next(context) : RequestRates.RefuseAsync(context, lease)).ConfigureAwait(false);
    }

    public void Dispose() => limiter.Dispose();
}
