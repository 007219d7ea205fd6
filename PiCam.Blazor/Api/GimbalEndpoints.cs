using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using PiCam.Blazor.Api.Sockets;
using PiCam.Blazor.Security;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Gimbals;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace PiCam.Blazor.Api;

/// <summary>Aiming. Every answer is the gimbal's state after the command was accepted; the move itself takes its time.</summary>
internal static class GimbalEndpoints
{
    private const string Pan = "pan";
    private const string Tilt = "tilt";
    private const string TimeoutField = "timeout";
    private const string Speed = "speed";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var gimbal = endpoints.MapGroup("/gimbal")
            .WithTags("Gimbal")
            .WithMetadata(new RequestSizeLimitAttribute(4096), new ProducesResponseTypeAttribute(typeof(GimbalDocument), 200))
            .ProducesProblem(StatusCodes.Status404NotFound);
        gimbal.MapGet("", (Gimbal owner) => Answer(owner))
            .WithSummary("Where the gimbal was sent, what it does and what it may do.");

        var commands = gimbal.MapGroup("").ProducesProblem(StatusCodes.Status403Forbidden);
        commands.MapPost("/absolute", AbsoluteAsync)
            .WithSummary("Goes to an angle, in degrees, at a speed of 0 to 1 of the maximum; beyond the limits is refused.")
            .Accepts<GimbalAngles>("application/json")
            .WithExample("""{"pan": 10, "tilt": -5, "speed": 0.5}""")
            .ProducesValidationProblem();
        commands.MapPost("/relative", RelativeAsync)
            .WithSummary("Goes on by some degrees, at a speed of 0 to 1 of the maximum; beyond the limits ends at the limit.")
            .Accepts<GimbalAngles>("application/json")
            .WithExample("""{"pan": -2.5}""")
            .ProducesValidationProblem();
        commands.MapPost("/continuous", ContinuousAsync)
            .WithSummary("Keeps moving at a fraction of the maximum speed until the time-out; send again to go on.")
            .Accepts<GimbalVelocity>("application/json")
            .WithExample("""{"pan": 0.5, "tilt": -0.1, "timeout": 1}""")
            .ProducesValidationProblem();
        commands.MapGet("/aim", AimAsync)
            .AddEndpointFilter<StreamLimit>()
            .WithSummary(
                "A WebSocket (RFC 6455) for continuous aiming. Each text message is a body of continuous, or {\"stop\": true}; answers are the state, "
                + "whenever it changed, and a problem for each message that cannot be used. When the socket closes, the move ends.")
            .WithMetadata(new ProducesResponseTypeAttribute(StatusCodes.Status101SwitchingProtocols))
            .ProducesProblem(StatusCodes.Status426UpgradeRequired);

        // How HTTP/2 asks for a WebSocket (RFC 8441).
        commands.MapMethods("/aim", [HttpMethods.Connect], AimAsync).AddEndpointFilter<StreamLimit>().ExcludeFromDescription();
        commands.MapPost("/stop", (HttpContext context, Gimbal owner) =>
            {
                owner.Stop(CallerFactory.From(context));
                return Answer(owner);
            })
            .WithSummary("Slows down to rest.");
        commands.MapPost("/home", (HttpContext context, Gimbal owner) =>
            {
                owner.GotoHome(CallerFactory.From(context));
                return Answer(owner);
            })
            .WithSummary("Goes to the home angles.");
    }

    /// <summary>The fields of a continuous move.</summary>
    /// <exception cref="InvalidValueException">One of them cannot be used.</exception>
    public static (PanTilt Velocity, TimeSpan? Timeout) ReadVelocity(JsonFields fields)
    {
        fields.Know(Pan, Tilt, TimeoutField);
        var velocity = new PanTilt(fields.Number(Pan) ?? 0, fields.Number(Tilt) ?? 0);
        var seconds = fields.Number(TimeoutField);

        // The gimbal checks the range; this is for what does not even fit into a TimeSpan.
        if (seconds is not (null or (> -1e9 and < 1e9)))
        {
            fields.Complain(
                TimeoutField, string.Create(CultureInfo.InvariantCulture, $"above 0 s, at most {Gimbal.MaximumTimeout.TotalSeconds} s"));
        }

        fields.Refuse();
        return (velocity, seconds is { } s ? TimeSpan.FromSeconds(s) : null);
    }

    private static async Task<Ok<GimbalDocument>> AbsoluteAsync(HttpContext context, Gimbal gimbal, CancellationToken cancellationToken)
    {
        var (caller, pan, tilt, speed) = await ReadAnglesAsync(context, cancellationToken).ConfigureAwait(false);
        gimbal.AbsoluteMove(caller, pan, tilt, speed);
        return Answer(gimbal);
    }

    private static async Task<Ok<GimbalDocument>> RelativeAsync(HttpContext context, Gimbal gimbal, CancellationToken cancellationToken)
    {
        var (caller, pan, tilt, speed) = await ReadAnglesAsync(context, cancellationToken).ConfigureAwait(false);
        gimbal.RelativeMove(caller, new PanTilt(pan ?? 0, tilt ?? 0), speed);
        return Answer(gimbal);
    }

    private static async Task<Ok<GimbalDocument>> ContinuousAsync(HttpContext context, Gimbal gimbal, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.Aim, cancellationToken).ConfigureAwait(false);
        var (velocity, timeout) = ReadVelocity(fields);
        gimbal.ContinuousMove(caller, velocity, timeout);
        return Answer(gimbal);
    }

    private static async Task<IResult> AimAsync(
        HttpContext context,
        Gimbal gimbal,
        Welcomes welcomes,
        TimeProvider time,
        IOptions<JsonOptions> json,
        IHostApplicationLifetime lifetime)
    {
        var caller = CallerFactory.From(context);
        caller.Demand(Permission.Aim);
        if (!gimbal.Exists)
        {
            throw new GimbalMissingException();
        }

        using var socket = await WatchedSocket.AcceptAsync(context, welcomes, time).ConfigureAwait(false);
        if (socket is null)
        {
            return WatchedSocket.Refuse(context);
        }

        await new AimSocket(socket, caller, gimbal, json.Value.SerializerOptions).RunAsync(lifetime.ApplicationStopping).ConfigureAwait(false);
        return TypedResults.Empty;
    }

    private static async Task<(Caller Caller, double? Pan, double? Tilt, double Speed)> ReadAnglesAsync(
        HttpContext context, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.Aim, cancellationToken).ConfigureAwait(false);
        fields.Know(Pan, Tilt, Speed);
        var angles = (caller, fields.Number(Pan), fields.Number(Tilt), fields.Number(Speed) ?? 1);
        fields.Refuse();
        return angles;
    }

    private static Ok<GimbalDocument> Answer(Gimbal gimbal) =>
        gimbal.Exists ? TypedResults.Ok(GimbalDocument.From(gimbal)) : throw new GimbalMissingException();
}
