using Microsoft.AspNetCore.Components;
using PiCam.Blazor.Certificates;

namespace PiCam.Blazor.Account;

/// <summary>For whoever is about to type a password over HTTP: there is a better way.</summary>
public sealed partial class HttpsHint
{
    [Inject]
    private HttpsEndpoint Endpoint { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;
}
