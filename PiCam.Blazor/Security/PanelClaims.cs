namespace PiCam.Blazor.Security;

/// <summary>What PiCam's cookies say beside id, name and role.</summary>
internal static class PanelClaims
{
    /// <summary>The id of the <see cref="Data.UserSession"/>.</summary>
    public const string Session = "picam:session";

    /// <summary>Whose a token is; absent: the panel's own.</summary>
    public const string Owner = "picam:owner";

    /// <summary>Where the request came from; never stored in the cookie, but put there anew at each request.</summary>
    public const string Address = "picam:address";
}
