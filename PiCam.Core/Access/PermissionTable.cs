namespace PiCam.Core.Access;

/// <summary>The one table that says which role may do what. Services ask it through <see cref="Caller.Demand"/>.</summary>
public static class PermissionTable
{
    private static readonly Dictionary<Permission, Role> LowestRole = new()
    {
        [Permission.Watch] = Role.Guest,
        [Permission.SeeAll] = Role.Viewer,
        [Permission.ManageOwnAccount] = Role.Viewer,
        [Permission.AdjustPicture] = Role.Operator,
        [Permission.Capture] = Role.Operator,
        [Permission.EditMedia] = Role.Operator,
        [Permission.Export] = Role.Operator,
        [Permission.ManageStorage] = Role.Administrator,
        [Permission.Broadcast] = Role.Administrator,
        [Permission.ManageNetwork] = Role.Administrator,
        [Permission.Aim] = Role.Operator,
        [Permission.SwitchLights] = Role.Operator,
        [Permission.EditPresets] = Role.Operator,
        [Permission.EditSchedule] = Role.Operator,
        [Permission.Calibrate] = Role.Administrator,
        [Permission.TurnPrivacyOn] = Role.Operator,
        [Permission.TurnPrivacyOff] = Role.Administrator,
        [Permission.Restart] = Role.Administrator,
        [Permission.Configure] = Role.Administrator,
        [Permission.Backup] = Role.Administrator,
        [Permission.ManagePeople] = Role.Administrator,
        [Permission.ReadAudit] = Role.Administrator,
    };

    /// <summary>The lowest role that holds <paramref name="permission"/>.</summary>
    public static Role LowestRoleFor(Permission permission) => LowestRole[permission];

    /// <summary>Whether <paramref name="role"/> holds <paramref name="permission"/>.</summary>
    public static bool Allows(Role role, Permission permission) => role >= LowestRole[permission];
}
