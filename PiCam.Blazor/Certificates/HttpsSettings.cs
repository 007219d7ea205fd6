namespace PiCam.Blazor.Certificates;

/// <summary>What is stored of <see cref="AlwaysHttps"/>.</summary>
/// <param name="Always">Whether requests over HTTP are led to HTTPS.</param>
internal sealed record HttpsSettings(bool Always);
