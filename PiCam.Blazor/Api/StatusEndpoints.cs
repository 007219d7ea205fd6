using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using PiCam.Core.Viewing;

namespace PiCam.Blazor.Api;

/// <summary>What the panel does now.</summary>
internal static class StatusEndpoints
{
    private static readonly string Version = typeof(StatusEndpoints).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        // Mapping happens once, at start: a monotonic clock, as a Pi without a clock chip jumps by years when NTP answers.
        var time = endpoints.ServiceProvider.GetRequiredService<TimeProvider>();
        var started = time.GetTimestamp();
        endpoints.MapGet("/status", (CameraSession camera, Gimbal gimbal, Viewers viewers) =>
                StatusDocument.From(camera, gimbal, viewers, Version, time.GetElapsedTime(started)))
            .WithTags("Status")
            .WithSummary("The camera's state, rate and viewers, the gimbal, the version and the time since start.")
            .Produces<StatusDocument>();
    }
}
