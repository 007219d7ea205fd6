namespace PiCam.Blazor.Security;

/// <summary>Who may reach the panel under which name, from the configuration section <c>Network</c>.</summary>
public sealed class NetworkOptions
{
    public const string Section = "Network";

    /// <summary>
    /// Host names under which browsers may open the panel, beside IP addresses, localhost and the machine's own names.
    /// Without scheme and port, such as <c>cam.example.org</c>.
    /// </summary>
    public IList<string> AllowedHosts { get; set; } = [];

    /// <summary>
    /// Addresses, or networks such as <c>172.18.0.0/16</c>, of the reverse proxies that are believed what they say about who
    /// asks. Whoever is in such a network can pretend to be anybody.
    /// </summary>
    public IList<string> KnownProxies { get; set; } = [];

    /// <summary>
    /// Whether programs may get the live picture with a guest link's key in the address, as <c>/stream.mjpg?token=…</c>. Addresses end
    /// up in logs and histories.
    /// </summary>
    public bool KeysInAddress { get; set; }
}
