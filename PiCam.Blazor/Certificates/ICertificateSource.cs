namespace PiCam.Blazor.Certificates;

/// <summary>Where the panel's certificate comes from.</summary>
internal interface ICertificateSource
{
    /// <summary>The one to begin with.</summary>
    /// <exception cref="StartUp.StartUpException">There is none that can be used.</exception>
    CertificateInUse Open();

    /// <summary>Looks whether another is due; null: the present one stays.</summary>
    /// <exception cref="IOException">It could not be stored.</exception>
    /// <exception cref="UnauthorizedAccessException">It could not be stored.</exception>
    CertificateInUse? Refresh();
}
