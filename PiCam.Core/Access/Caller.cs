namespace PiCam.Core.Access;

/// <summary>Who asks for an operation. Every mutating operation takes one and checks it at entry.</summary>
/// <param name="UserId">The user's, token's or guest link's stable id.</param>
/// <param name="Name">The name other people see, such as "ana".</param>
/// <param name="Role">What the caller is trusted with.</param>
/// <param name="Session">The circuit or request the call came through, for logs and for "who moves the gimbal".</param>
/// <param name="Address">Where in the network the call came from; null: from this machine itself.</param>
public sealed record Caller(string UserId, string Name, Role Role, string Session, string? Address = null)
{
    /// <summary>PiCam itself: start-up, schedules. Never handed to a request.</summary>
    public static Caller System { get; } = new("system", "PiCam", Role.Administrator, "system");

    /// <summary>Whether this caller holds <paramref name="permission"/>.</summary>
    public bool May(Permission permission) => PermissionTable.Allows(Role, permission);

    /// <summary>Refuses the operation unless this caller holds <paramref name="permission"/>.</summary>
    /// <exception cref="AccessRefusedException">The role does not hold it.</exception>
    public void Demand(Permission permission)
    {
        if (!May(permission))
        {
            throw new AccessRefusedException(this, permission);
        }
    }
}
