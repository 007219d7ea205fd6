using System.Globalization;
using Microsoft.AspNetCore.Identity;

namespace PiCam.Blazor.Security;

/// <summary>
/// The rules for passwords, after NIST SP 800-63B 3.1.1: length counts, what many people use is refused, and there are no rules
/// about kinds of characters, nor do passwords expire.
/// </summary>
public static class Passwords
{
    /// <summary>Characters.</summary>
    public const int ShortestPassword = 8;

    /// <summary>Characters; the hash takes any number of them, the check against common ones does not.</summary>
    public const int LongestPassword = 128;

    // A million guesses: what somebody who may try five a minute gets through in four months (GuessLimit).
    private const double LeastBits = 20;

    // What zxcvbn, whose lists are English, does not know: what many people in China take, and what stands on the box.
    private static readonly string[] AlsoCommon =
        ["woaini", "5201314", "1314520", "5211314", "woaiwojia", "nihao", "zxcvbnm", "a123456", "picam", "raspberry", "raspberrypi"];

    /// <exception cref="PeopleException">It is too short, too long, or too common.</exception>
    /// <param name="password">As it was typed.</param>
    /// <param name="name">Whose it is; it must not be made of the name.</param>
    public static void Demand(string password, string name)
    {
        ArgumentNullException.ThrowIfNull(password);
        if (password.Length is < ShortestPassword or > LongestPassword)
        {
            throw new PeopleException(PeopleFault.PasswordLength(Text(ShortestPassword), Text(LongestPassword)));
        }

        // Lists of common passwords, words and names, and what is made of them by rule (zxcvbn).
        if (Zxcvbn.Zxcvbn.MatchPassword(password, [name, .. AlsoCommon]).Entropy < LeastBits)
        {
            throw new PeopleException(PeopleFault.CommonPassword);
        }
    }

    internal static void Configure(IdentityOptions options)
    {
        // Demand says it all.
        options.Password.RequiredLength = 1;
        options.Password.RequiredUniqueChars = 1;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;

        // Any script; AccountName refuses what cannot be typed or seen.
        options.User.AllowedUserNameCharacters = string.Empty;

        // GuessLimit locks out, also by address, and longer each time.
        options.Lockout.AllowedForNewUsers = false;
        options.Lockout.MaxFailedAccessAttempts = int.MaxValue;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
