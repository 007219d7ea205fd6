using Microsoft.AspNetCore.Identity;
using PiCam.Core.Access;

namespace PiCam.Blazor.Data;

/// <summary>A person who can sign in.</summary>
public sealed class PiCamUser : IdentityUser
{
    /// <summary>What the person is trusted with.</summary>
    public Role Role { get; set; }

    /// <summary>Cannot sign in, and neither their sessions nor their tokens are good for anything, until that is taken back.</summary>
    public bool IsDisabled { get; set; }

    /// <summary>Null: never.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }
}
