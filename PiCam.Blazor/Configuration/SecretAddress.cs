namespace PiCam.Blazor.Configuration;

/// <summary>Addresses that may hold a user and a password, and a path that some take a password in.</summary>
internal static class SecretAddress
{
    private const string Masked = "***";

    /// <summary>The address with what is secret in it replaced; what is no address (a file, a device) as it is.</summary>
    public static string Mask(string address)
    {
        if (!TakeApart(address, out var scheme, out var user, out var host, out var path))
        {
            return address;
        }

        return scheme + (user.Length > 0 ? Masked + "@" : "") + host + (path.Length > 1 ? "/" + Masked : path);
    }

    /// <summary>Whether somebody left the secret parts masked.</summary>
    public static bool IsMasked(string address) => TakeApart(address, out _, out var user, out _, out var path) && (user == Masked || path == "/" + Masked);

    /// <summary>Whether there is anything secret in it.</summary>
    public static bool HasSecret(string address) => Mask(address) != address;

    private static bool TakeApart(string address, out string scheme, out string user, out string host, out string path)
    {
        (scheme, user, host, path) = ("", "", "", "");
        var colon = address.IndexOf("://", StringComparison.Ordinal);
        if (colon <= 0 || address.AsSpan(0, colon).Contains('/'))
        {
            return false;
        }

        scheme = address[..(colon + 3)];
        var rest = address[(colon + 3)..];
        var end = rest.IndexOfAny(['/', '?', '#']);
        path = end < 0 ? "" : rest[end..];
        var authority = end < 0 ? rest : rest[..end];
        var at = authority.LastIndexOf('@');

        // A password that holds a slash ends the host early: then the last @ of all parts user and host.
        if (rest.LastIndexOf('@') > at)
        {
            user = rest[..rest.LastIndexOf('@')];
            var after = rest[(rest.LastIndexOf('@') + 1)..];
            var slash = after.IndexOfAny(['/', '?', '#']);
            (host, path) = slash < 0 ? (after, "") : (after[..slash], after[slash..]);
            return true;
        }

        (user, host) = at < 0 ? ("", authority) : (authority[..at], authority[(at + 1)..]);
        return true;
    }
}
