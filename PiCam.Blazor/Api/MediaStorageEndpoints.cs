using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Media;

namespace PiCam.Blazor.Api;

/// <summary>The room that the library takes, and what says how much it may be.</summary>
internal static class MediaStorageEndpoints
{
    private const string Reserve = "reserveMegabytes";
    private const string Quota = "quotaMegabytes";
    private const string Keep = "keepDays";

    private static readonly string[] Kinds = [.. Enum.GetNames<MediaKind>().Select(ControlValues.Spell)];

    public static void Map(IEndpointRouteBuilder media)
    {
        var storage = media.MapGroup("/storage").WithMetadata(new RequestSizeLimitAttribute(4096));
        storage.MapGet("", StateAsync)
            .WithSummary("Whether the library can take more and what to do if not, what takes its room, and for how many days there is some left.");
        storage.MapGet("/usage", async (HttpContext context, MediaLibrary library) =>
                (await library.UsageAsync(CallerFactory.From(context), context.RequestAborted).ConfigureAwait(false)).Days)
            .WithSummary("How many pictures and films there are of each day and kind, and how many bytes they take, newest day first.");
        storage.MapGet("/rules", (MediaRetention retention) => MediaRulesDocument.From(retention.Rules))
            .WithSummary("How much room the library may take and for how long it keeps what.");

        var changes = storage.MapGroup("/rules").ProducesProblem(StatusCodes.Status403Forbidden).ProducesValidationProblem();
        changes.MapPatch("", async (HttpContext context, MediaRetention retention, CancellationToken cancellationToken) =>
            {
                var (caller, change) = await ReadAsync(context, cancellationToken).ConfigureAwait(false);
                await retention.SetAsync(caller, change).ConfigureAwait(false);
                return MediaRulesDocument.From(retention.Rules);
            })
            .WithSummary("Changes the rules (Administrator). What they take goes within a minute, for good, the oldest first, but never protected items.")
            .WithDescription("reserveMegabytes: 0 to 1000000, stay free on the disk. quotaMegabytes: 100 to 100000000 at most for all files, or null. keepDays: 1 to 3660 days for each "
                + "kind, or null to keep it. What is absent stays. Nothing goes for its age until the panel's clock has gone evenly for an hour. Ask /preview first what would go.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"reserveMegabytes": 2000, "quotaMegabytes": null, "keepDays": {"recording": 14, "timeLapse": 60}}""");
        changes.MapPost("/preview", async (HttpContext context, MediaRetention retention, CancellationToken cancellationToken) =>
            {
                var (caller, change) = await ReadAsync(context, cancellationToken).ConfigureAwait(false);
                return await retention.PreviewAsync(caller, change(retention.Rules), cancellationToken).ConfigureAwait(false);
            })
            .WithSummary("What such a change would let go at once: how many pictures and films, how many bytes (Administrator). Nothing is changed.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"keepDays": {"recording": 14}}""");
    }

    private static async Task<MediaStorageDocument> StateAsync(
        HttpContext context, MediaLibrary library, MediaStorage storage, MediaRetention retention, TimeProvider time) => MediaStorageDocument.From(
            storage,
            await library.UsageAsync(CallerFactory.From(context), context.RequestAborted).ConfigureAwait(false),
            retention.Rules,
            DateOnly.FromDateTime(time.GetLocalNow().DateTime));

    private static async Task<(Caller Caller, Func<MediaRules, MediaRules> Change)> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.ManageStorage, cancellationToken).ConfigureAwait(false);
        fields.Know(Reserve, Quota, Keep);
        var reserve = fields.WholeNumber(Reserve);
        var quota = fields.WholeNumber(Quota);
        var keep = new Dictionary<MediaKind, int?>();
        if (fields.Present.TryGetValue(Keep, out var given))
        {
            if (given.ValueKind == JsonValueKind.Object)
            {
                var kinds = JsonFields.Of(given);
                kinds.Know(Kinds);
                keep = Enum.GetValues<MediaKind>().Where(kind => kinds.Present.ContainsKey(ControlValues.Spell($"{kind}")))
                    .ToDictionary(kind => kind, kind => kinds.WholeNumber(ControlValues.Spell($"{kind}")));
                kinds.Refuse();
            }
            else
            {
                fields.Complain(Keep, "an object of days by kind");
            }
        }

        fields.Refuse();
        return (caller, before => before with
        {
            ReserveMegabytes = reserve ?? before.ReserveMegabytes,
            QuotaMegabytes = fields.IsNull(Quota) ? null : quota ?? before.QuotaMegabytes,
            KeepDays = before.KeepDays.Where(kept => !keep.ContainsKey(kept.Key))
                .Concat(keep.Where(kept => kept.Value is not null).Select(kept => KeyValuePair.Create(kept.Key, kept.Value!.Value)))
                .ToDictionary(),
        });
    }
}
