using Microsoft.JSInterop;
using PiCam.Core.Frames;

namespace PiCam.Blazor.Live;

/// <content>What is asked of the browser.</content>
public sealed partial class LiveImage
{
    private async Task<bool> CanFilmAsync(CancellationToken leaving)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(leaving, stopping.Token);
        try
        {
            await attached.Task.WaitAsync(either.Token);
            var shows = false;
            await InvokeAsync(async () => shows = await script!.Attached!.InvokeAsync<bool>("canFilm", either.Token));
            return shows && await Films.FaultAsync(either.Token) is null;
        }
        catch (Exception gone) when (gone is JSException or JSDisconnectedException || (gone is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            // The browser cannot say, or the connection was cut meanwhile: then it is asked again when it is back.
            return false;
        }
    }

    // On the dispatcher: two calls that carry bytes must not be under way at once.
    private Task PaintAsync(Frame frame, CancellationToken cancellationToken) => InvokeAsync(() =>
    {
        cleared = false;
        return script!.Attached!.InvokeVoidAsync("paint", cancellationToken, frame.Jpeg, frame.Sequence).AsTask();
    });

    // While the connection is down nothing is sent: such a call would wait for an answer that nobody gives.
    private async Task CallAsync(string function, params object[] arguments)
    {
        try
        {
            if (!Connection.Broken.IsCancellationRequested)
            {
                await InvokeAsync(() =>
                {
                    cleared = false;
                    return script!.Attached!.InvokeVoidAsync(function, Connection.Broken, arguments).AsTask();
                });
            }
        }
        catch (OperationCanceledException) when (Connection.Broken.IsCancellationRequested)
        {
            // Cut in between; whoever asked will ask again when the page is back.
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone.
        }
        catch (JSException refused)
        {
            // No stream opens then; whoever asked tries again.
            LogRefused(Logger, function, refused.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The page could not {Function}: {Reason}")]
    private static partial void LogRefused(ILogger logger, string function, string reason);
}
