namespace PiCam.Blazor.Certificates;

/// <summary>By which certificate the panel speaks HTTPS, from the configuration section <c>Https</c>.</summary>
public sealed class HttpsOptions
{
    public const string Section = "Https";

    public const string Local = "local";
    public const string Own = "own";
    public const string Off = "off";

    /// <summary><c>local</c>: one of the panel's own authority; <c>own</c>: one that the owner brings; <c>off</c>: HTTP only.</summary>
    public string Mode { get; set; } = Local;

    /// <summary>For <c>own</c>: a PEM file, the panel's certificate first and those of its issuers behind it.</summary>
    public string? Certificate { get; set; }

    /// <summary>For <c>own</c>: a PEM file with the certificate's private key, unencrypted.</summary>
    public string? Key { get; set; }

    /// <summary>For <c>own</c>: tells browsers to use nothing but HTTPS with the panel's name, on every port, for 180 days.</summary>
    public bool Hsts { get; set; }

    /// <summary>Whether <see cref="Mode"/> is that one, in whatever case it is written.</summary>
    public bool Is(string mode) => string.Equals(Mode, mode, StringComparison.OrdinalIgnoreCase);
}
