namespace PiCam.Blazor.Api.Events;

/// <summary>Something that changes and that programs follow by <c>GET /api/events</c>.</summary>
/// <param name="Name">Of its events, such as "stills".</param>
/// <param name="Subscribe">Has a handler called after each change, on any thread.</param>
/// <param name="Unsubscribe">Ends that.</param>
/// <param name="Snapshot">How it stands now, as the data of an event; serialised as every answer of the API is.</param>
internal sealed record EventSource(string Name, Action<Action> Subscribe, Action<Action> Unsubscribe, Func<object> Snapshot);
