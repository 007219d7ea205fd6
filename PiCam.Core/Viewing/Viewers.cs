using PiCam.Core.Access;

namespace PiCam.Core.Viewing;

/// <summary>Who watches now, by name. Fed by whoever hands frames to a person or a program.</summary>
public sealed class Viewers(TimeProvider time)
{
    // So long may a page be away that is loaded anew, or changes how it gets its picture.
    private static readonly TimeSpan Absence = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();

    // In the order of entering. A home has a handful of viewers: a list is read faster than anything clever.
    private readonly List<Presence> present = [];
    private long? pageLeft;

    /// <summary>Somebody came or went. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    /// <summary>Everybody who watches now, in the order in which they came.</summary>
    public IReadOnlyList<Viewer> Now
    {
        get
        {
            lock (gate)
            {
                return
                [
                    .. present.GroupBy(p => p.Caller.UserId).Select(group => new Viewer(
                        group.Key, group.First().Caller.Name, [.. group.Select(p => p.Kind)], group.First().Since)),
                ];
            }
        }
    }

    /// <summary>Whether a page of the panel shows the picture, or did less than five seconds ago.</summary>
    public bool HasPage
    {
        get
        {
            lock (gate)
            {
                return present.Exists(p => p.Kind == ViewerKind.Page) || (pageLeft is { } left && time.GetElapsedTime(left) < Absence);
            }
        }
    }

    /// <summary>Somebody begins to watch.</summary>
    /// <param name="caller">Needs <see cref="Permission.Watch"/>.</param>
    /// <param name="kind">How.</param>
    /// <returns>Dispose when they stop; once or more often.</returns>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    public IDisposable Enter(Caller caller, ViewerKind kind)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Watch);
        var presence = new Presence(this, caller, kind, time.GetUtcNow());
        lock (gate)
        {
            present.Add(presence);
        }

        Changed?.Invoke();
        return presence;
    }

    private void Leave(Presence presence)
    {
        bool left;
        lock (gate)
        {
            left = present.Remove(presence);
            pageLeft = left && presence.Kind == ViewerKind.Page ? time.GetTimestamp() : pageLeft;
        }

        if (left)
        {
            Changed?.Invoke();
        }
    }

    private sealed class Presence(Viewers viewers, Caller caller, ViewerKind kind, DateTimeOffset since) : IDisposable
    {
        public Caller Caller => caller;

        public ViewerKind Kind => kind;

        public DateTimeOffset Since => since;

        public void Dispose() => viewers.Leave(this);
    }
}
