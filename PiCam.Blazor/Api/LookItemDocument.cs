using System.Text.Json.Nodes;
using PiCam.Core.Cameras;
using PiCam.Core.Photography.Looks;

namespace PiCam.Blazor.Api;

/// <summary>A named way to take the picture.</summary>
/// <param name="Id">Never changes.</param>
/// <param name="Name">1 to 40 characters.</param>
/// <param name="BuiltIn">Whether it came with PiCam, so that it can be neither renamed nor removed.</param>
/// <param name="Controls">What of its controls is not automatic; null before a camera first ran.</param>
internal sealed record LookItemDocument(string Id, string Name, bool BuiltIn, JsonObject? Controls)
{
    public static LookItemDocument From(Look look, CameraSession camera) => new(
        look.Id, look.Name, look.IsBuiltIn, camera.State.Capabilities is { } capabilities ? LookFile.Controls(look, capabilities) : null);
}
