using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>
/// Somebody is signed in, or the endpoint is in the table of <see cref="PublicEndpoints"/>. What all endpoints and pages demand;
/// a guest gets to a few of them only.
/// </summary>
internal sealed class SignedInRequirement : AuthorizationHandler<SignedInRequirement>, IAuthorizationRequirement
{
    /// <summary>The policy for what guests may see, too.</summary>
    public const string GuestsToo = "GuestsToo";

    private readonly bool guestsToo;

    public SignedInRequirement()
    {
    }

    public SignedInRequirement(bool guestsToo) => this.guestsToo = guestsToo;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, SignedInRequirement requirement)
    {
        if (context.User.Identity?.IsAuthenticated == true
            && (!IsGuest(context.User) || requirement.guestsToo || WelcomesGuests(context.Resource)))
        {
            context.Succeed(requirement);
        }
        else if (context.Resource is HttpContext http && PublicEndpoints.Includes(http.GetEndpoint()))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private static bool IsGuest(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Role) is not { } role
        || !Enum.TryParse<Role>(role, out var known) || known < Role.Viewer;

    private static bool WelcomesGuests(object? resource) => resource switch
    {
        HttpContext http => PublicEndpoints.WelcomesGuests(http.GetEndpoint()),
        Microsoft.AspNetCore.Components.RouteData page => PublicEndpoints.WelcomesGuests(page.PageType),
        _ => false,
    };
}
