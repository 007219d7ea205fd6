namespace PiCam.Blazor.Layout;

/// <summary>Dark or light, remembered by the browser in a cookie that the page's script writes.</summary>
public static class ThemeCookie
{
    public const string Name = "picam-theme";
    public const string Dark = "dark";
    public const string Light = "light";

    /// <summary><see cref="Dark"/> unless the cookie says <see cref="Light"/>.</summary>
    public static string Read(HttpRequest request) =>
        request.Cookies[Name] == Light ? Light : Dark;
}
