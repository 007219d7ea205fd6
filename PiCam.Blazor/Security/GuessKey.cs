using System.Security.Cryptography;
using System.Text;
using PiCam.Blazor.Data;

namespace PiCam.Blazor.Security;

/// <summary>Under what <see cref="GuessLimit"/> counts the attempts at an account.</summary>
internal static class GuessKey
{
    /// <summary>For a password. A new password has a count of its own: whoever gets one from an administrator or the console is let in at once.</summary>
    public static string OfPassword(PiCamUser user) =>
        $"{user.Id} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(user.PasswordHash ?? "")), 0, 4)}";

    /// <summary>For the codes of an app, which have a count of their own: a right password must not clear it.</summary>
    public static string OfCode(PiCamUser user) => $"code {user.Id} {user.TwoFactorEnabled}";

    /// <summary>For a name that nobody has; whatever way it is spelled.</summary>
    public static string OfNobody(string name)
    {
        var normal = name.Normalize().ToUpperInvariant();
        return "? " + (normal.Length > AccountName.Longest ? normal[..AccountName.Longest] : normal);
    }
}
