using Microsoft.AspNetCore.Identity;

namespace PiCam.Blazor.Security;

/// <summary>The rules for passwords and for guessing them.</summary>
public static class Passwords
{
    /// <summary>Characters. Length is what counts (NIST SP 800-63B); there are no rules about kinds of characters.</summary>
    public const int ShortestPassword = 8;

    internal static void Configure(IdentityOptions options)
    {
        options.Password.RequiredLength = ShortestPassword;
        options.Password.RequiredUniqueChars = 1;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;

        // Any script; People refuses what cannot be typed or seen.
        options.User.AllowedUserNameCharacters = string.Empty;

        // Long enough to make guessing hopeless, short enough that a stranger cannot keep the owner out.
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(1);
    }
}
