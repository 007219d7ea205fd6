using PiCam.Blazor.Api.Events;
using PiCam.Blazor.StartUp;
using PiCam.Core.Boards;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using PiCam.Core.Lights;
using PiCam.Core.Photography.Looks;
using PiCam.Core.Viewing;

namespace PiCam.Blazor.Api;

/// <summary>The answer of <c>GET /api/status</c>.</summary>
/// <param name="Camera">What camera this is.</param>
/// <param name="Source">The kind of source; null before the camera first ran.</param>
/// <param name="State">"live", "starting", "lost" or "private".</param>
/// <param name="Reason">Why the camera is lost, else null.</param>
/// <param name="Fps">Frames per second, measured; 0 unless live.</param>
/// <param name="Size">Pixels; null before the camera first ran.</param>
/// <param name="Viewers">Open live pages, streams and other readers of frames.</param>
/// <param name="Dropped">Frames lost between the camera and the panel since the camera was opened.</param>
/// <param name="RestartGap">Seconds without a new picture at the latest change that the camera was started anew for; null: none yet.</param>
/// <param name="PassedOver">The cameras that were tried before this one, each by why it does not run.</param>
/// <param name="Look">The lock on exposure and white balance; null: this camera's exposure cannot be frozen.</param>
/// <param name="Gimbal">Null: there is none.</param>
/// <param name="Lights">Camera LED and lamp, each null where there is none.</param>
/// <param name="Version">PiCam's version.</param>
/// <param name="Watching">The same people and programs by name, in the order in which they came.</param>
/// <param name="Uptime">Seconds since the panel started.</param>
/// <param name="Board">The health of the computer that it runs on.</param>
internal sealed record StatusDocument(
    string Camera,
    string? Source,
    string State,
    string? Reason,
    double Fps,
    PixelSize? Size,
    int Viewers,
    long Dropped,
    double? RestartGap,
    IReadOnlyList<string> PassedOver,
    LookDocument? Look,
    GimbalDocument? Gimbal,
    LightsDocument Lights,
    string Version,
    IReadOnlyList<WatchingDocument> Watching,
    double Uptime,
    BoardDocument Board)
{
    public static StatusDocument From(CameraSession camera, LookLock look, Gimbal gimbal, LightSwitches lights, Viewers viewers, BoardMonitor board, RunningPanel panel)
    {
        var state = camera.State;
        return new StatusDocument(
            state.Capabilities?.Model ?? camera.Description,
            state.Capabilities?.Source,
            CameraNewsDocument.Spell(state.Condition),
            state.Reason?.English,
            Math.Round(state.FramesPerSecond, 2),
            state.Capabilities?.Size,
            camera.Frames.Subscribers,
            state.DroppedFrames,
            state.RestartGap is { } gap ? Math.Round(gap.TotalSeconds, 3) : null,
            [.. state.PassedOver.Select(why => why.English)],
            look.Exists ? LookDocument.From(look) : null,
            gimbal.Exists ? GimbalDocument.From(gimbal) : null,
            LightsDocument.From(lights),
            RunningPanel.Version,
            [.. viewers.Now.Select(WatchingDocument.From)],
            Math.Round(panel.Uptime.TotalSeconds, 1),
            BoardDocument.From(board));
    }
}
