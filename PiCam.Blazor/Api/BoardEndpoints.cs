using Microsoft.AspNetCore.Http.HttpResults;
using PiCam.Blazor.Security;
using PiCam.Core.Boards;

namespace PiCam.Blazor.Api;

/// <summary>Restarts the board, and switches it off.</summary>
internal static class BoardEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var board = endpoints.MapGroup("/board").WithTags("Board")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        board.MapPost("/restart", (HttpContext context, BoardPower power) => RunAsync(context, power, BoardAction.Restart))
            .WithSummary("Restarts the board (Administrator; on a Raspberry Pi whose system lets PiCam do it).");
        board.MapPost("/shut-down", (HttpContext context, BoardPower power) => RunAsync(context, power, BoardAction.ShutDown))
            .WithSummary("Shuts the board down (Administrator; on a Raspberry Pi whose system lets PiCam do it).");
    }

    private static async Task<Accepted> RunAsync(HttpContext context, BoardPower power, BoardAction action)
    {
        await power.RunAsync(CallerFactory.From(context), action, context.RequestAborted).ConfigureAwait(false);
        return TypedResults.Accepted((string?)null);
    }
}
