using System.Text.Json;
using PiCam.Blazor.Backups;
using PiCam.Blazor.Security;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Boards;
using PiCam.Core.Cameras;
using PiCam.Core.Exports;
using PiCam.Core.Films;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Gimbals.Tours;
using PiCam.Core.Media;
using PiCam.Core.Photography.Looks;
using PiCam.Core.Recordings;
using PiCam.Core.Schedules;
using PiCam.Core.Sequences;
using PiCam.Core.Settings;
using PiCam.Core.TimeLapses;

namespace PiCam.Blazor.Api;

/// <summary>Answers what the services refuse as RFC 9457 problem documents.</summary>
internal sealed partial class ProblemFilter(ILogger<ProblemFilter> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (Exception exception) when (!context.HttpContext.Response.HasStarted && Describe(exception) is { } problem)
        {
            if (exception is SettingNotStoredException)
            {
                LogNotStored(exception);
            }

            return problem;
        }
    }

    /// <summary>The problem document for what a service refuses; null for a mistake of the panel's own.</summary>
    public static IResult? Describe(Exception exception) => exception switch
    {
        AccessRefusedException => TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status403Forbidden),
        PeopleException => TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status400BadRequest),
        InvalidValueException invalid => TypedResults.ValidationProblem(
            invalid.Errors.GroupBy(e => e.Field).ToDictionary(g => g.Key, g => g.Select(e => e.ToString()).ToArray()),
            exception.Message,
            title: "A value cannot be used."),
        GimbalMissingException or PresetMissingException or TourMissingException or MediaMissingException or LookMissingException
            or FilmMissingException
            or SequenceMissingException
            or TimeLapseMissingException
            or ScheduleMissingException
            => TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status404NotFound),
        LookLockMissingException or GimbalReservedException or MediaProtectedException
            or SequenceRefusedException
            or TimeLapseBusyException
            or ExportFailedException
            => TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status409Conflict),
        CameraLostException or StillFailedException
            or FilmFailedException
            or RecordingFailedException
            or FilmFileException
            => TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status503ServiceUnavailable),
        BackupRefusedException => TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status400BadRequest),
        BoardActionException => TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status503ServiceUnavailable),
        SettingNotStoredException or MediaStorageException => TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status507InsufficientStorage),
        JsonException => TypedResults.Problem(
            "What was sent is not a JSON document: " + exception.Message, statusCode: StatusCodes.Status400BadRequest),
        BadHttpRequestException bad => TypedResults.Problem(bad.Message, statusCode: bad.StatusCode),
        _ => null,
    };

    [LoggerMessage(LogLevel.Error, "A change that was asked for by HTTP is not stored")]
    private partial void LogNotStored(Exception exception);
}
