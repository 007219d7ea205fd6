using System.Security.Claims;
using PiCam.Blazor.Data;

namespace PiCam.Blazor.Security;

/// <summary>Looks after the welcome of those who have a stream open.</summary>
internal sealed class Welcomes(IPrincipalCheck principals, DatabaseWatcher database, TimeProvider time)
{
    /// <summary>The welcome of somebody who has just been signed in.</summary>
    public Welcome Of(ClaimsPrincipal reader) => new(reader, principals, () => database.Changes, time);
}
