using System.Security.Claims;
using PiCam.Blazor.Security;
using PiCam.Core.Access;

namespace PiCam.Tests.Fixtures;

/// <summary>Everybody is welcome until the test says otherwise.</summary>
internal sealed class FakePrincipalCheck : IPrincipalCheck, ICallerCheck
{
    private int asked;

    public bool Welcome { get; set; } = true;

    /// <summary>What asking ends with; null: an answer.</summary>
    public Exception? Fault { get; set; }

    /// <summary>How often it was asked for the reader of a stream.</summary>
    public int Asked => Volatile.Read(ref asked);

    public Task<bool> IsCurrentAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref asked);
        return Fault is null ? Task.FromResult(Welcome) : Task.FromException<bool>(Fault);
    }

    public ValueTask<bool> IsCurrentAsync(Caller caller, CancellationToken cancellationToken) => ValueTask.FromResult(Welcome);
}
