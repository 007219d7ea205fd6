using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Recordings;

namespace PiCam.Blazor.Api;

/// <summary>Films of what the camera sees.</summary>
internal static class RecordingEndpoints
{
    private const string Duration = "duration";
    private const string PreRoll = "preRoll";
    private const string PreRollMegabytes = "preRollMegabytes";
    private const string AlwaysReady = "alwaysReady";
    private const string Format = "format";
    private const string Quality = "quality";
    private const string Stamp = "stamp";
    private const string PartSeconds = "partSeconds";
    private const string PartMegabytes = "partMegabytes";
    private const string Name = "nameTemplate";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var recording = endpoints.MapGroup("/recording").WithTags("Recording").WithMetadata(new RequestSizeLimitAttribute(4096));
        recording.MapGet("", (Recorder recorder) => RecordingDocument.From(recorder))
            .WithSummary("Whether it records, why, how long and how large it is, and the files of the last recording.");
        recording.MapPost("/start", StartAsync)
            .WithSummary("Records, or goes on; with what was just before, if a page of the panel showed it or alwaysReady is on. One recording at a time: who asks while it records asks for the same one.")
            .WithDescription("duration: seconds from now, 1 to 604800; absent or null: until it is stopped.")
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"duration": 60}""")
            .Produces<RecordingDocument>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage)
            .ProducesValidationProblem();
        recording.MapPost("/stop", (HttpContext context, Recorder recorder) =>
            {
                recorder.Stop(CallerFactory.From(context));
                return TypedResults.Accepted("/api/recording", RecordingDocument.From(recorder));
            })
            .WithSummary("Ends the recording, whatever the reasons for it were. Its last file is in the library soon after; nothing if it does not record.")
            .ProducesProblem(StatusCodes.Status403Forbidden);
        recording.MapGet("/settings", (Recorder recorder) => RecordingSettingsDocument.From(recorder.Settings))
            .WithSummary("How recordings are made.");
        recording.MapPatch("/settings", PatchAsync)
            .WithSummary("Changes how recordings are made; of one that is under way, from its next file on. What is absent stays.")
            .WithDescription(
                """
                preRoll: seconds of what was before, 0 to 60. preRollMegabytes: the memory that may take, 1 to 1000. alwaysReady: also when no page showed the picture; the camera
                then works all the time. format: "h264" (MP4) or "mjpeg" (AVI, the camera's own pictures). quality: 1 to 100. stamp: whether frames get the stamp of
                pictures (h264 only). partSeconds: 5 to 86400, or null; partMegabytes: 1 to 100000, or null: when a new file begins, without losing a frame. nameTemplate: with {time:yyyy-MM-dd HH.mm.ss}, {counter:03}, {name} and {kind}.
                """)
            .Accepts<JsonObject>("application/json")
            .WithExample("""{"preRoll": 10, "partSeconds": 600, "nameTemplate": "garden {time:yyyy-MM-dd HH.mm.ss}"}""")
            .Produces<RecordingSettingsDocument>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesValidationProblem();
    }

    private static async Task<Accepted<RecordingDocument>> StartAsync(HttpContext context, Recorder recorder, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.Capture, cancellationToken, mayBeEmpty: true).ConfigureAwait(false);
        fields.Know(Duration);
        var duration = Seconds(fields, Duration);
        fields.Refuse();
        recorder.Start(caller, duration);
        return TypedResults.Accepted("/api/recording", RecordingDocument.From(recorder));
    }

    private static async Task<RecordingSettingsDocument> PatchAsync(HttpContext context, Recorder recorder, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.Capture, cancellationToken).ConfigureAwait(false);
        fields.Know(PreRoll, PreRollMegabytes, AlwaysReady, Format, Quality, Stamp, PartSeconds, PartMegabytes, Name);
        var preRoll = Seconds(fields, PreRoll);
        var preRollMegabytes = fields.WholeNumber(PreRollMegabytes);
        var alwaysReady = fields.BooleanIfThere(AlwaysReady);
        var format = fields.Choice<RecordingFormat>(Format);
        var quality = fields.WholeNumber(Quality);
        var stamp = fields.BooleanIfThere(Stamp);
        var partSeconds = Seconds(fields, PartSeconds);
        var partMegabytes = fields.WholeNumber(PartMegabytes);
        var name = fields.Text(Name);
        fields.Refuse();
        await recorder.SetAsync(caller, before => before with
        {
            PreRoll = preRoll ?? before.PreRoll,
            PreRollMegabytes = preRollMegabytes ?? before.PreRollMegabytes,
            IsAlwaysReady = alwaysReady ?? before.IsAlwaysReady,
            Format = format ?? before.Format,
            Quality = quality ?? before.Quality,
            IsStamped = stamp ?? before.IsStamped,
            PartLength = fields.IsNull(PartSeconds) ? null : partSeconds ?? before.PartLength,
            PartMegabytes = fields.IsNull(PartMegabytes) ? null : partMegabytes ?? before.PartMegabytes,
            NameTemplate = name ?? before.NameTemplate,
        }).ConfigureAwait(false);
        return RecordingSettingsDocument.From(recorder.Settings);
    }

    // What no clock can hold is outside of every range as well.
    private static TimeSpan? Seconds(JsonFields fields, string name) =>
        fields.Number(name) is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, -1, 1e9)) : null;
}
