using PiCam.Core;

namespace PiCam.Blazor.Backups;

/// <summary>Why a backup is not restored. Nothing was changed then.</summary>
public static class BackupFault
{
    /// <summary>It cannot be read at all, or not to its end.</summary>
    public static Reason NotABackup { get; } = new("This is not a backup of PiCam, or it is damaged.", "backup.notABackup");

    public static Reason TooManyEntries { get; } = new("The backup holds more entries than a backup has.", "backup.tooManyEntries");

    public static Reason TooLarge { get; } = new("The backup is larger than a backup of PiCam can be.", "backup.tooLarge");

    public static Reason PassphraseNeeded { get; } = new("The backup is encrypted: its passphrase is needed.", "backup.passphraseNeeded");

    public static Reason WrongPassphrase { get; } = new("The passphrase is wrong, or the backup was changed.", "backup.wrongPassphrase");

    /// <summary>The owner would be locked out.</summary>
    public static Reason NoAdministrator { get; } = new(
        "There is no Administrator with a password among the people in the backup: nobody could manage PiCam any more.", "backup.noAdministrator");

    /// <summary>The database does not take what is in it.</summary>
    public static Reason DoesNotFit(string why) => new($"The backup does not fit this version of PiCam: {why}", "backup.doesNotFit", why);

    public static Reason UnknownEntry(string name) => new($"The backup holds {name}, which is no part of a backup.", "backup.unknownEntry", name);

    public static Reason DuplicateEntry(string name) => new($"The backup holds {name} twice.", "backup.duplicateEntry", name);

    public static Reason Link(string name) => new($"The backup holds {name} as a link, which is no part of a backup.", "backup.link", name);

    /// <summary>A newer PiCam wrote it.</summary>
    public static Reason Newer(string version) => new($"The backup was made by a newer PiCam ({version}): install that first.", "backup.newer", version);
}
