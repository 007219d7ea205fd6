using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PiCam.Blazor.Api;
using PiCam.Blazor.Data;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class HealthTests
{
    [Fact]
    public async Task Readiness_DatabaseFails_Is503WithoutDetailsWhileThePanelIsAlive()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IDbContextFactory<PiCamDbContext>>(new BrokenDatabase());
        builder.Services.AddPiCamApi();
        await using var app = builder.Build();
        HealthEndpoints.Map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        using var ready = await client.GetAsync(new Uri("/readyz", UriKind.Relative), TestContext.Current.CancellationToken);
        using var alive = await client.GetAsync(new Uri("/healthz", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("Unhealthy", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    private sealed class BrokenDatabase : IDbContextFactory<PiCamDbContext>
    {
        public PiCamDbContext CreateDbContext() => throw new InvalidOperationException("/secret/path/picam.db is gone");
    }
}
