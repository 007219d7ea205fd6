using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using PiCam.Blazor.Security;
using PiCam.Core;

namespace PiCam.Blazor.Api.Events;

/// <summary>What happens, told as it happens.</summary>
internal static class EventEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/events", StreamAsync)
            .AddEndpointFilter<StreamLimit>()
            .WithTags("Events")
            .WithSummary("Server-sent events: how things stand, and again whenever that changed, at most four times a second.")
            .WithDescription("GET /api/events?only=stills,media answers with\n\nevent: stills\ndata: {\"underWay\": [{\"by\": \"ana\", \"until\": null}]}\n\n"
                + "and so on. Each event's data is the whole present state of what its name says; without only, all are told. "
                + "The media event says what happened last to which ids, and counts what happened. It ends when its reader is dismissed.")
            .Produces(StatusCodes.Status200OK, contentType: EventStream.ContentType)
            .ProducesValidationProblem();

    private static Task StreamAsync(
        HttpContext context,
        IEnumerable<EventSource> sources,
        Welcomes welcomes,
        TimeProvider time,
        IOptions<JsonOptions> json,
        IHostApplicationLifetime lifetime,
        string? only) =>
        new EventStream(context, Chosen([.. sources], only), welcomes.Of(context.User), time, json.Value.SerializerOptions, lifetime.ApplicationStopping).SendAsync();

    private static List<EventSource> Chosen(List<EventSource> sources, string? only)
    {
        if (string.IsNullOrEmpty(only))
        {
            return sources;
        }

        var names = only.Split(',', StringSplitOptions.TrimEntries);
        return names.FirstOrDefault(name => sources.TrueForAll(source => source.Name != name)) is { } unknown
            ? throw new InvalidValueException(new InvalidValue("only", $"\"{unknown}\"", Allowed.OneOf(string.Join(", ", sources.Select(source => source.Name)))))
            : sources.FindAll(source => names.Contains(source.Name));
    }
}
