using Microsoft.AspNetCore.Identity;
using PiCam.Blazor.Data;

namespace PiCam.Blazor.Security;

/// <summary>
/// Identity's own classes, for one operation: what they have read once they would show for ever, and a page lives long.
/// </summary>
internal static class UserScope
{
    public static async Task<T> WithUsersAsync<T>(this IServiceScopeFactory scopes, Func<UserManager<PiCamUser>, Task<T>> use)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            return await use(scope.ServiceProvider.GetRequiredService<UserManager<PiCamUser>>()).ConfigureAwait(false);
        }
    }
}
