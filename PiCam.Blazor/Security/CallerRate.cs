namespace PiCam.Blazor.Security;

/// <summary>Refuses a caller who asks too often, of anything or of one group of endpoints. Stands where it is known who asks.</summary>
internal sealed class CallerRate(RequestRates rates) : IMiddleware
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        using var lease = rates.CountForCaller(context);
        if (!lease.IsAcquired)
        {
            await RequestRates.RefuseAsync(context, lease).ConfigureAwait(false);
            return;
        }

        using var grouped = rates.CountForGroup(context);
        await (grouped is { IsAcquired: false } ? RequestRates.RefuseAsync(context, grouped) : next(context)).ConfigureAwait(false);
    }
}
