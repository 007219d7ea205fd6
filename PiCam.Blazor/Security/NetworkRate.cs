namespace PiCam.Blazor.Security;

/// <summary>Refuses a network that asks too often before its cookie or token costs a look into the database.</summary>
internal sealed class NetworkRate(RequestRates rates) : IMiddleware
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        using var lease = rates.CountForNetwork(context);
        await (lease.IsAcquired ? next(context) : RequestRates.RefuseAsync(context, lease)).ConfigureAwait(false);
    }
}
