using System.Net;
using System.Net.NetworkInformation;

namespace PiCam.Blazor.Certificates;

/// <summary>Asks the system.</summary>
internal sealed class MachineAddresses : IMachineAddresses, IDisposable
{
    private IReadOnlyList<IPAddress> last = [];

    public MachineAddresses()
    {
        NetworkChange.NetworkAddressChanged += OnChanged;
    }

    public event Action? Changed;

    public IReadOnlyList<IPAddress> Current
    {
        get
        {
            try
            {
                last =
                [
                    .. NetworkInterface.GetAllNetworkInterfaces()
                        .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
                        .Select(unicast => unicast.Address)
                        .Where(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal)
                        .Distinct(),
                ];
            }
            catch (NetworkInformationException)
            {
                // An interface that goes while it is read; the next look finds it gone.
            }

            return last;
        }
    }

    public void Dispose() => NetworkChange.NetworkAddressChanged -= OnChanged;

    private void OnChanged(object? sender, EventArgs change) => Changed?.Invoke();
}
