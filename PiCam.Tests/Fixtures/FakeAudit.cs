using System.Collections.Concurrent;
using PiCam.Core.Access;

namespace PiCam.Tests.Fixtures;

/// <summary>Keeps what was written down, to be looked at.</summary>
internal sealed class FakeAudit : IAuditTrail
{
    public ConcurrentQueue<(Caller Caller, AuditAction Action, string? Subject)> Entries { get; } = new();

    public void Record(Caller caller, AuditAction action, string? subject = null) => Entries.Enqueue((caller, action, subject));
}
