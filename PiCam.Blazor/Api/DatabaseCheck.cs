using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PiCam.Blazor.Data;

namespace PiCam.Blazor.Api;

/// <summary>Whether the database answers. Without it nobody can sign in and no setting is kept.</summary>
internal sealed class DatabaseCheck(IDbContextFactory<PiCamDbContext> contexts) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            // What it throws is logged by the health check service and answered as unhealthy, without details.
            await database.Users.AnyAsync(cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
    }
}
