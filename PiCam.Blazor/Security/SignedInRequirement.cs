using Microsoft.AspNetCore.Authorization;

namespace PiCam.Blazor.Security;

/// <summary>Somebody is signed in, or the endpoint is in the table of <see cref="PublicEndpoints"/>. The fallback of all endpoints.</summary>
internal sealed class SignedInRequirement : AuthorizationHandler<SignedInRequirement>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, SignedInRequirement requirement)
    {
        if (context.User.Identity?.IsAuthenticated == true
            || (context.Resource is HttpContext http && PublicEndpoints.Includes(http.GetEndpoint())))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
