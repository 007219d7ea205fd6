using System.Net;
using PiCam.Blazor.Certificates;

namespace PiCam.Tests.Blazor.Certificates;

/// <summary>A machine whose addresses the test sets.</summary>
internal sealed class FakeMachine(params string[] addresses) : IMachineAddresses
{
    public event Action? Changed;

    public IReadOnlyList<IPAddress> Current { get; private set; } = Array.ConvertAll(addresses, IPAddress.Parse);

    public void Become(params string[] next)
    {
        Current = Array.ConvertAll(next, IPAddress.Parse);
        Changed?.Invoke();
    }
}
