using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Data;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;

namespace PiCam.Blazor.Audit;

/// <summary>What something was done to, in the reader's language: it is written down in one for all.</summary>
internal static partial class AuditSubject
{
    /// <summary>Names stay as they are; what PiCam itself has put there is translated where there is a text for it.</summary>
    public static string? Say(IStringLocalizer<Texts> texts, AuditRow row) => (row.Action, row.Subject) switch
    {
        (_, null) => null,
        (AuditAction.SignedIn, { } methods) => string.Join(" + ", methods.Split('+').Select(method => Word(texts, row.Action, method))),
        (AuditAction.UserAdded or AuditAction.RoleChanged or AuditAction.PersonInvited or AuditAction.TokenAdded, { } subject) =>
            RoleAtTheEnd().Replace(subject, match => $"({texts["Role" + match.Groups[1].Value]})"),
        (var action, { } subject) => Word(texts, action, subject),
    };

    private static string Word(IStringLocalizer<Texts> texts, AuditAction action, string word) =>
        texts[$"AuditSubject.{action}.{word}"] is { ResourceNotFound: false } known ? known.Value : word;

    [GeneratedRegex(@"\((Guest|Viewer|Operator|Administrator)\)\z")]
    private static partial Regex RoleAtTheEnd();
}
