using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Backups;
using PiCam.Blazor.Data;
using PiCam.Blazor.Resources;
using PiCam.Core;
using PiCam.Core.Access;

namespace PiCam.Blazor.Audit;

/// <summary>What something was done to, in the reader's language: it is written down in one for all.</summary>
internal static partial class AuditSubject
{
    // Those that are the same each time.
    private static readonly Reason[] Refusals =
    [
        BackupFault.NotABackup, BackupFault.TooManyEntries, BackupFault.TooLarge, BackupFault.WrongPassphrase, BackupFault.NoAdministrator,
    ];

    /// <summary>Names stay as they are; what PiCam itself has put there is translated where there is a text for it.</summary>
    public static string? Say(IStringLocalizer<Texts> texts, AuditRow row) => (row.Action, row.Subject) switch
    {
        (_, null) => null,
        (AuditAction.SignedIn, { } methods) => string.Join(" + ", methods.Split('+').Select(method => Word(texts, row.Action, method))),
        (AuditAction.UserAdded or AuditAction.RoleChanged or AuditAction.PersonInvited or AuditAction.TokenAdded, { } subject) =>
            RoleAtTheEnd().Replace(subject, match => $"({texts["Role" + match.Groups[1].Value]})"),
        (AuditAction.SettingChanged or AuditAction.RestoreFailed, { } subject) => Setting(texts, row.Action, subject),
        (var action, { } subject) => Word(texts, action, subject),
    };

    private static string Word(IStringLocalizer<Texts> texts, AuditAction action, string word) =>
        texts[$"AuditSubject.{action}.{word}"] is { ResourceNotFound: false } known ? known.Value : word;

    // "language: zh-Hans" and "audit: 30 d"; or fields, such as "camera.width, network.allowedHosts"; or why a backup was refused.
    private static string Setting(IStringLocalizer<Texts> texts, AuditAction action, string subject)
    {
        if (Refusals.FirstOrDefault(reason => reason.English == subject) is { } refusal)
        {
            return texts.Say(refusal);
        }

        if (NameAndValue().Match(subject) is { Success: true } set
            && texts[$"AuditSubject.{action}.{set.Groups[1].Value}"] is { ResourceNotFound: false } text)
        {
            return string.Format(CultureInfo.CurrentCulture, text.Value, set.Groups[2].Value);
        }

        return Fields().IsMatch(subject) ? string.Join(", ", subject.Split(", ").Select(field => Field(texts, field))) : Word(texts, action, subject);
    }

    private static string Field(IStringLocalizer<Texts> texts, string field) =>
        texts["Control." + field[(field.LastIndexOf('.') + 1)..]] is { ResourceNotFound: false } known ? known.Value : field;

    [GeneratedRegex(@"\A(language|audit): (\S+)( d)?\z")]
    private static partial Regex NameAndValue();

    [GeneratedRegex(@"\A[A-Za-z]+(\.[A-Za-z0-9]+)*(, [A-Za-z]+(\.[A-Za-z0-9]+)*)*\z")]
    private static partial Regex Fields();

    [GeneratedRegex(@"\((Guest|Viewer|Operator|Administrator)\)\z")]
    private static partial Regex RoleAtTheEnd();
}
