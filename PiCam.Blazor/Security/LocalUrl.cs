namespace PiCam.Blazor.Security;

/// <summary>Addresses inside this panel, the only ones that a <c>returnUrl</c> may lead to.</summary>
public static class LocalUrl
{
    /// <summary><paramref name="url"/> if it is a path of this panel, else <c>/</c>.</summary>
    public static string OrHome(string? url)
    {
        // "//host" and "/\host" lead elsewhere, and browsers drop tabs and line breaks before they look.
        var local = url is ['/', ..]
            && (url.Length == 1 || url[1] is not ('/' or '\\'))
            && !url.Any(char.IsControl);
        return local ? url! : "/";
    }
}
