using PiCam.Core.Cameras;

namespace PiCam.Blazor.Api.Events;

/// <summary>What the camera is doing.</summary>
/// <param name="State">"live", "starting", "lost" or "private".</param>
/// <param name="Reason">Why the camera is lost, else null.</param>
/// <param name="RetryAt">When PiCam tries again, when it is lost.</param>
internal sealed record CameraNewsDocument(string State, string? Reason, DateTimeOffset? RetryAt)
{
    public static CameraNewsDocument From(CameraSession camera)
    {
        var state = camera.State;
        return new CameraNewsDocument(Spell(state.Condition), state.Reason?.English, state.RetryAt);
    }

    /// <summary>The condition as programs read it.</summary>
    public static string Spell(CameraCondition condition) => condition switch
    {
        CameraCondition.Live => "live",
        CameraCondition.Lost => "lost",
        CameraCondition.Private => "private",
        _ => "starting",
    };
}
