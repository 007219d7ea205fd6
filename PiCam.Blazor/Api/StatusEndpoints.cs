using PiCam.Blazor.StartUp;
using PiCam.Core.Boards;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using PiCam.Core.Lights;
using PiCam.Core.Photography.Looks;
using PiCam.Core.Viewing;

namespace PiCam.Blazor.Api;

/// <summary>What the panel does now.</summary>
internal static class StatusEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/status", (CameraSession camera, LookLock look, Gimbal gimbal, LightSwitches lights, Viewers viewers, BoardMonitor board, RunningPanel panel) =>
                StatusDocument.From(camera, look, gimbal, lights, viewers, board, panel))
            .WithTags("Status")
            .WithSummary("The camera's state, rate and viewers, the lock of its look, the gimbal, the lights, the board's health, the version and the time since start.")
            .Produces<StatusDocument>();
}
