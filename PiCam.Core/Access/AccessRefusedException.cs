namespace PiCam.Core.Access;

/// <summary>A caller asked for something that their role does not allow.</summary>
public sealed class AccessRefusedException(Caller caller, Permission permission)
    : Exception($"{permission} needs the role {PermissionTable.LowestRoleFor(permission)}; {caller.Name} is {caller.Role}.")
{
    /// <summary>What was asked for.</summary>
    public Permission Permission { get; } = permission;
}
