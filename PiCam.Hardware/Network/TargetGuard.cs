using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace PiCam.Hardware.Network;

/// <summary>
/// Looks where an address leads before anything connects to it. Whoever connects must use the IP address that comes out: asked
/// again, the name could lead elsewhere.
/// </summary>
public sealed class TargetGuard
{
    private readonly IReadOnlyList<AllowedTarget> allowed;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve;

    public TargetGuard(IOptions<TargetOptions> options)
        : this(options?.Value.AllowedTargets ?? throw new ArgumentNullException(nameof(options)), Dns.GetHostAddressesAsync)
    {
    }

    internal TargetGuard(IEnumerable<string> allowedTargets, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        allowed = [.. allowedTargets.Select(AllowedTarget.Parse).OfType<AllowedTarget>()];
        this.resolve = resolve;
    }

    /// <summary>The IP address to connect to.</summary>
    /// <param name="host">A host name or an IP address (IPv6 without brackets).</param>
    /// <param name="port">1 to 65 535.</param>
    /// <param name="cancellationToken">Gives up looking the name up.</param>
    /// <exception cref="TargetRefusedException">There is no such host, or one of its addresses is refused.</exception>
    public async Task<IPAddress> CheckAsync(string host, int port, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        var addresses = HostText.AsAddress(host) is { } literal
            ? [literal]
            : HostText.IsName(host)
                ? await LookUpAsync(host, cancellationToken).ConfigureAwait(false)
                : throw new TargetRefusedException($"'{host}' is neither a host name nor a plain IP address");

        // All of them: a name with one harmless address must not smuggle in another.
        foreach (var address in addresses)
        {
            if (AddressRules.Refuse(address) is { } kind && !allowed.Any(target => target.Allows(host, address, port)))
            {
                var what = string.Equals(address.ToString(), host, StringComparison.OrdinalIgnoreCase) ? host : $"{host} ({address})";
                throw new TargetRefusedException(
                    $"{what} is a {kind} address, which is refused unless {TargetOptions.Section}:{nameof(TargetOptions.AllowedTargets)} lists it");
            }
        }

        return addresses[0];
    }

    private async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await resolve(host, cancellationToken).ConfigureAwait(false);
            return addresses.Length > 0 ? addresses : throw new TargetRefusedException($"{host} has no address");
        }
        catch (SocketException exception)
        {
            throw new TargetRefusedException($"{host} is not found: {exception.Message}", exception);
        }
    }
}
