namespace PiCam.Core.Access;

/// <summary>One line of the permission table: something a <see cref="Caller"/> may or may not do.</summary>
public enum Permission
{
    /// <summary>See the live picture.</summary>
    Watch,

    /// <summary>See the status, the present settings and the library, and download from it.</summary>
    SeeAll,

    /// <summary>Change one's own password, sign-in methods and tokens, and end one's own sessions.</summary>
    ManageOwnAccount,

    /// <summary>Change exposure, gain, colour and the other camera controls.</summary>
    AdjustPicture,

    /// <summary>Take pictures.</summary>
    Capture,

    /// <summary>Rename, protect and delete pictures and films.</summary>
    EditMedia,

    /// <summary>Copy pictures and films to disks of the machine.</summary>
    Export,

    /// <summary>Say how much room pictures and films may take, and for how long they are kept.</summary>
    ManageStorage,

    /// <summary>Say where in the network the live picture is sent.</summary>
    Broadcast,

    /// <summary>Say how browsers reach the panel.</summary>
    ManageNetwork,

    /// <summary>Move the gimbal.</summary>
    Aim,

    /// <summary>Switch the camera LED and the infrared lamp.</summary>
    SwitchLights,

    /// <summary>Make, change and remove presets and tours.</summary>
    EditPresets,

    /// <summary>Make, change and remove what happens by itself at set times.</summary>
    EditSchedule,

    /// <summary>Say what the gimbal's servos may do.</summary>
    Calibrate,

    /// <summary>Switch the camera off for everybody.</summary>
    TurnPrivacyOn,

    /// <summary>Let everybody see again.</summary>
    TurnPrivacyOff,

    /// <summary>Restart the camera or the board, and shut the board down.</summary>
    Restart,

    /// <summary>Say which camera, gimbal and lights there are, and the other settings of the panel.</summary>
    Configure,

    /// <summary>Take all settings away in one file, and bring them back.</summary>
    Backup,

    /// <summary>Add, change and remove users, invitations, guest links and tokens.</summary>
    ManagePeople,

    /// <summary>Read what people did.</summary>
    ReadAudit,
}
