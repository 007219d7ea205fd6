using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Blazor.Schedules;
using PiCam.Blazor.Security;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Schedules;

namespace PiCam.Blazor.Api;

/// <summary>What happens by itself at set times.</summary>
internal static class ScheduleEndpoints
{
    private const int MostNext = 10;
    private const string On = "on";
    private const string Example = """{"times": ["07:00", "19:30"], "weekdays": ["saturday", "sunday"], "task": "record", "duration": 120}""";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var schedule = endpoints.MapGroup("/schedule").WithTags("Schedule")
            .WithMetadata(new RequestSizeLimitAttribute(4096));
        schedule.MapGet("", ([AsParameters] ScheduleServices say) => TypedResults.Ok(say.Book.All.Select(say.Entry)))
            .WithSummary("What happens when, in the order in which it was made; of what is due at once the first comes first.");
        schedule.MapGet("/next", ([AsParameters] ScheduleServices say) => TypedResults.Ok(say.Book.Next(MostNext).Select(say.Run)))
            .WithSummary("The next ten things that happen, in their order.");
        schedule.MapGet("/{id}", (string id, [AsParameters] ScheduleServices say) => TypedResults.Ok(say.Entry(say.Book.Find(id))))
            .WithSummary("An entry, when it happens next, and what of it was missed.")
            .ProducesProblem(StatusCodes.Status404NotFound);

        var changes = schedule.MapGroup("")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage)
            .ProducesValidationProblem();
        changes.MapPost("", AddAsync)
            .WithSummary("Adds an entry (Operator).")
            .WithDescription(
                """
                When: one of times (of the day), everyMinutes (1 to 1440, since midnight), sun (dawn, sunrise, sunset, dusk; offsetMinutes −720 to 720 after
                it, by PUT /api/place) and cron (five fields; where both days are given, both must be so). weekdays, but for cron, limits it to days. A time that the clock leaps over in spring comes
                with the leap, one that it shows twice in autumn happens once. task: still, burst (count), record (duration in seconds), timeLapse, look, preset
                and tour (target: the id of one), lampOn, lampOff. What is late by more than a minute is not done any more; the entry says what it missed, and why.
                """)
            .Accepts<JsonObject>("application/json")
            .WithExample(Example)
            .Produces<ScheduleDocument>(StatusCodes.Status201Created);
        changes.MapPost("/preview", PreviewAsync)
            .WithSummary("What such an entry would do, in a sentence, and its next ten times (Operator). Nothing is changed.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"cron": "*/20 6-9 * * 1-5", "task": "still"}""");

        var one = changes.MapGroup("/{id}").ProducesProblem(StatusCodes.Status404NotFound);
        one.MapPut("", SetAsync)
            .WithSummary("Changes when an entry happens, and what it does (Operator); as for POST.")
            .Accepts<JsonObject>("application/json")
            .WithExample(Example);
        one.MapPatch("", SwitchAsync)
            .WithSummary("Switches an entry on or off (Operator). What was due while it was off is not missed.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"on": false}""");
        one.MapDelete("", async (string id, HttpContext context, ScheduleBook book) =>
            {
                await book.RemoveAsync(CallerFactory.From(context), id).ConfigureAwait(false);
                return TypedResults.NoContent();
            })
            .WithSummary("Removes an entry (Operator); what it has begun goes on.");
    }

    private static async Task<Created<ScheduleDocument>> AddAsync(HttpContext context, [AsParameters] ScheduleServices say, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.EditSchedule, cancellationToken).ConfigureAwait(false);
        var (timing, task) = ScheduleRequest.Read(fields);
        var made = await say.Book.AddAsync(caller, timing, task).ConfigureAwait(false);
        return TypedResults.Created($"/api/schedule/{made.Id}", say.Entry(made));
    }

    private static async Task<Ok<SchedulePreviewDocument>> PreviewAsync(HttpContext context, [AsParameters] ScheduleServices say, CancellationToken cancellationToken)
    {
        var (_, fields) = await JsonFields.ReadAsync(context, Permission.EditSchedule, cancellationToken).ConfigureAwait(false);
        var (timing, task) = ScheduleRequest.Read(fields);
        return say.Book.Check(timing, task) is { Count: > 0 } errors
            ? throw new InvalidValueException(errors)
            : TypedResults.Ok(new SchedulePreviewDocument(
                say.Texts.Sentence(say.Work, timing, task),
                [.. say.Book.Calendar(timing).Between(say.Time.GetLocalNow(), DateTimeOffset.MaxValue, MostNext)]));
    }

    private static async Task<Ok<ScheduleDocument>> SetAsync(string id, HttpContext context, [AsParameters] ScheduleServices say, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.EditSchedule, cancellationToken).ConfigureAwait(false);
        var (timing, task) = ScheduleRequest.Read(fields);
        return TypedResults.Ok(say.Entry(await say.Book.SetAsync(caller, id, timing, task).ConfigureAwait(false)));
    }

    private static async Task<Ok<ScheduleDocument>> SwitchAsync(string id, HttpContext context, [AsParameters] ScheduleServices say, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.EditSchedule, cancellationToken).ConfigureAwait(false);
        fields.Know(On);
        var isOn = fields.Boolean(On);
        fields.Refuse();
        return TypedResults.Ok(say.Entry(await say.Book.SwitchAsync(caller, id, isOn).ConfigureAwait(false)));
    }
}
