using Microsoft.AspNetCore.Components;

namespace PiCam.Blazor.Account;

/// <summary>What a person sees when the panel cannot answer. Plain HTML, for whoever is signed in and whoever is not.</summary>
public sealed partial class ErrorPage
{
    /// <summary>The HTTP status of the answer; 404 has a page of its own.</summary>
    [Parameter]
    public int Status { get; set; }

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    private string Lead => Status switch
    {
        StatusCodes.Status400BadRequest => "ErrorStale",
        StatusCodes.Status403Forbidden => "ErrorRefused",
        _ => "ErrorLead",
    };

    protected override void OnInitialized() =>
        HttpContext.Response.StatusCode = Status is >= 400 and <= 599 ? Status : StatusCodes.Status500InternalServerError;
}
