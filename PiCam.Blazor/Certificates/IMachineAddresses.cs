using System.Net;

namespace PiCam.Blazor.Certificates;

/// <summary>The addresses under which others in the network reach this machine.</summary>
internal interface IMachineAddresses
{
    /// <summary>They may be others now. Raised on any thread; handlers must return at once and not throw.</summary>
    event Action? Changed;

    /// <summary>IPv4, and IPv6 but for link-local ones, which are no good in an address bar.</summary>
    IReadOnlyList<IPAddress> Current { get; }
}
