using Microsoft.AspNetCore.Identity;
using PiCam.Core.Access;

namespace PiCam.Blazor.Data;

/// <summary>A person who can sign in.</summary>
public sealed class PiCamUser : IdentityUser
{
    /// <summary>What the person is trusted with. Whoever changes it also changes the security stamp.</summary>
    public Role Role { get; set; }
}
