namespace PiCam.Hardware.Network;

/// <summary>Which places in the network PiCam may connect to, from the configuration section <c>Network</c>.</summary>
public sealed class TargetOptions
{
    public const string Section = "Network";

    /// <summary>
    /// Places beside those that are always allowed: this machine itself, link-local and multicast addresses are not. A host
    /// name, an IP address or a range such as <c>169.254.0.0/16</c>, each with a port or without.
    /// </summary>
    public IList<string> AllowedTargets { get; set; } = [];
}
