namespace PiCam.Blazor.Api;

/// <summary>How endpoints describe themselves.</summary>
internal static class EndpointExtensions
{
    /// <summary>Shows a body that the endpoint takes in the OpenAPI description.</summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="json">A JSON document.</param>
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder builder, string json) => builder.WithMetadata(new BodyExample(json));
}
