namespace PiCam.Core.Access;

/// <summary>What is written down of what people do: who comes in, and what changes for others.</summary>
public enum AuditAction
{
    /// <summary>A person signed in; the subject says how.</summary>
    SignedIn,

    /// <summary>Somebody gave a wrong password or code.</summary>
    SignInFailed,

    /// <summary>After too many wrong ones nothing is looked at for a while; the subject says for which: <c>account</c> or <c>address</c>.</summary>
    LockedOut,

    SignedOut,

    /// <summary>A browser was signed out from elsewhere.</summary>
    SessionEnded,

    /// <summary>Also by an invitation, or at set-up.</summary>
    UserAdded,
    UserRemoved,
    UserRenamed,
    RoleChanged,
    UserDisabled,
    UserEnabled,
    PasswordChanged,
    TwoFactorOn,
    TwoFactorOff,
    PasskeyAdded,
    PasskeyRemoved,
    TokenAdded,
    TokenRevoked,
    PersonInvited,
    InvitationRevoked,
    GuestLinkAdded,
    GuestLinkRevoked,

    /// <summary>Somebody watches by a guest link.</summary>
    GuestEntered,

    /// <summary>The subject names the setting.</summary>
    SettingChanged,

    MediaDeleted,
    Exported,

    /// <summary>The whole configuration was written to a file.</summary>
    BackedUp,
    Restored,

    /// <summary>A backup was not restored; the subject says why.</summary>
    RestoreFailed,

    PrivacyOn,
    PrivacyOff,

    /// <summary>Somebody else moved the camera just before.</summary>
    GimbalTakenOver,

    /// <summary>Camera, PiCam or the board.</summary>
    Restarted,

    /// <summary>So many entries could not be written down; the subject says how many.</summary>
    EntriesLost,
}
