using System.Text.Json.Nodes;

namespace PiCam.Blazor.Api;

/// <summary>The answer of <c>GET</c> and <c>PATCH /api/camera/controls</c>. A control that the camera lacks is absent.</summary>
/// <param name="Asked">What people asked for; null is automatic.</param>
/// <param name="Actual">What the newest frame says; only what the camera reports.</param>
/// <param name="Pending">The controls that no frame has confirmed yet.</param>
internal sealed record ControlsDocument(JsonObject Asked, JsonObject Actual, IReadOnlyList<string> Pending);
