using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Security;
using PiCam.Core;

namespace PiCam.Blazor.Account;

/// <summary>A plain page with a form, for who is not signed in: what could not be done stands above the form.</summary>
public abstract class AccountPage : ComponentBase
{
    /// <summary>What could not be done; null: nothing was tried, or it worked.</summary>
    protected string? Error { get; private set; }

    /// <summary>The id of the element that says it, for the fields that it is about.</summary>
    protected string? ErrorId => Error is null ? null : "error";

    protected string? Invalid => Error is null ? null : "true";

    [Inject]
    protected IStringLocalizer<AccountTexts> T { get; set; } = default!;

    [Inject]
    protected IStringLocalizer<Texts> Panel { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter]
    protected HttpContext HttpContext { get; set; } = default!;

    /// <summary>Where the request came from, as it is written down.</summary>
    protected string? Address => ClientAddress.Of(HttpContext);

    /// <summary>Shows the form again, with this above it.</summary>
    protected void Fail(string text, int status = StatusCodes.Status400BadRequest)
    {
        Error = text;
        HttpContext.Response.StatusCode = status;
    }

    /// <summary>Shows the form again, with the reason above it.</summary>
    protected void Fail(ReasonException refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        if (refused is TooManyAttemptsException { Wait: var wait })
        {
            HttpContext.Response.Headers[HeaderNames.RetryAfter] = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            Fail(Panel.Say(refused.Reason), StatusCodes.Status429TooManyRequests);
        }
        else
        {
            Fail(Panel.Say(refused.Reason));
        }
    }
}
