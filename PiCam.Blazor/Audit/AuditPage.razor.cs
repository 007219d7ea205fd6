using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Data;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Security;
using PiCam.Core.Access;

namespace PiCam.Blazor.Audit;

/// <summary>Who did what: to search, and to take away as a table.</summary>
public sealed partial class AuditPage
{
    private static readonly int[] Usual = [30, 90, 365, 1095];

    private readonly List<AuditRow> rows = [];
    private Caller? caller;
    private string text = "";
    private string action = "";
    private DateOnly? from;
    private DateOnly? until;
    private bool mayBeMore;
    private int kept;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private AuditLog Log { get; set; } = default!;

    [Inject]
    private PersonAction Action { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    private IEnumerable<int> Choices => Usual.Append(kept).Where(days => days > 0).Distinct().Order();

    private AuditQuery Query => new()
    {
        Text = text,
        Action = Enum.TryParse<AuditAction>(action, out var chosen) ? chosen : null,
        From = StartOf(from),
        Until = StartOf(until?.AddDays(1)),
    };

    private string CsvAddress => QueryHelpers.AddQueryString("/api/audit.csv", new Dictionary<string, string?>
    {
        ["text"] = text,
        ["action"] = action,
        ["from"] = Query.From?.ToString("o", CultureInfo.InvariantCulture),
        ["until"] = Query.Until?.ToString("o", CultureInfo.InvariantCulture),
    }.Where(pair => !string.IsNullOrEmpty(pair.Value)));

    protected override async Task OnInitializedAsync()
    {
        caller = CallerFactory.From((await Authentication).User);
        if (caller.May(Permission.ReadAudit))
        {
            kept = await Log.RetentionDaysAsync(CancellationToken.None);
            await SearchAsync();
        }
    }

    private Task SearchAsync()
    {
        rows.Clear();
        return MoreAsync();
    }

    private Task MoreAsync() => Action.RunAsync(async () =>
    {
        long? before = rows is [.., var last] ? last.Id : null;
        var page = await Log.PageAsync(caller!, Query, before, CancellationToken.None);

        // Another search may have begun meanwhile.
        if ((rows is [.., var now] ? now.Id : null) == before)
        {
            rows.AddRange(page);
            mayBeMore = page.Count == AuditLog.PageSize;
        }
    });

    private Task KeepAsync(ChangeEventArgs chosen) => Action.RunAsync(async () =>
    {
        var days = int.Parse((string)chosen.Value!, CultureInfo.InvariantCulture);
        await Log.SetRetentionDaysAsync(caller!, days, CancellationToken.None);
        kept = days;
        await SearchAsync();
    });

    private static bool IsBad(AuditAction action) =>
        action is AuditAction.SignInFailed or AuditAction.LockedOut or AuditAction.RestoreFailed or AuditAction.EntriesLost;

    private string Say(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Time.LocalTimeZone).ToString("G", CultureInfo.CurrentCulture);

    private DateTimeOffset? StartOf(DateOnly? day)
    {
        if (day is not { } date)
        {
            return null;
        }

        var midnight = date.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Time.LocalTimeZone.GetUtcOffset(midnight));
    }
}
