using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Options;
using PiCam.Blazor.Configuration;

namespace PiCam.Blazor.StartUp;

/// <summary>
/// The panel from its first start to its end, built anew for each restart from the page. Settings from the page with which it
/// cannot start are put aside for the last ones with which it could, so that the page that can mend them comes back.
/// </summary>
/// <param name="prepare">Called before each start, while nothing runs.</param>
/// <param name="build">Makes a panel; told why the settings before its own could not be used.</param>
/// <param name="file">The settings from the page.</param>
/// <param name="console">Where the person who started PiCam is told.</param>
/// <param name="time">The clock of its patience.</param>
internal sealed class PanelRun(
    Func<Task> prepare, Func<IReadOnlyList<string>, WebApplication> build, PanelFile file, TextWriter console, TimeProvider time)
{
    /// <summary>For so long a restart waits for an address that somebody holds.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Returns when the panel was told to stop.</summary>
    /// <exception cref="StartUpException">It cannot start.</exception>
    public async Task RunAsync()
    {
        var isRestart = false;
        do
        {
            await prepare().ConfigureAwait(false);
            var app = await StartAsync(isRestart).ConfigureAwait(false);
            await using (app.ConfigureAwait(false))
            {
                await app.WaitForShutdownAsync().ConfigureAwait(false);
                isRestart = app.Services.GetRequiredService<PanelRestart>().IsWanted;
            }
        }
        while (isRestart);
    }

    private async Task<WebApplication> StartAsync(bool isRestart)
    {
        ExceptionDispatchInfo failure;
        IReadOnlyList<string> reasons;
        try
        {
            return await TryAsync([], isRestart).ConfigureAwait(false);
        }
        catch (Exception exception) when (file.HasOtherLastGood && !StartUpFailure.IsAddressInUse(exception) && (isRestart || IsTheSettings(exception)))
        {
            failure = ExceptionDispatchInfo.Capture(exception);
            reasons = StartUpFailure.Explain(exception) ?? [exception.Message];
        }

        file.UseLastGood();
        try
        {
            var app = await TryAsync(reasons, isRestart).ConfigureAwait(false);
            foreach (var reason in reasons.Append($"PiCam started with the settings before; what it could not use is in {file.Path}.refused."))
            {
                await console.WriteLineAsync(reason).ConfigureAwait(false);
            }

            return app;
        }
#pragma warning disable CA1031 // Whatever it was, the settings are not to blame, and the first failure is the one to tell.
        catch (Exception)
#pragma warning restore CA1031
        {
            file.UseRefused();
            failure.Throw();
            throw;
        }
    }

    // Who starts PiCam by hand with a file that cannot be read is told so.
    private static bool IsTheSettings(Exception exception) => exception is not StartUpException && StartUpFailure.Explain(exception) is not null;

    // At a restart the addresses were PiCam's a moment ago, and the page cannot set others: who holds one now may do so for a moment only.
    private async Task<WebApplication> TryAsync(IReadOnlyList<string> refused, bool isRestart)
    {
        var began = time.GetTimestamp();
        for (var isSaid = false; ; isSaid = true)
        {
            try
            {
                return await TryOnceAsync(refused).ConfigureAwait(false);
            }
            catch (Exception busy) when (isRestart && StartUpFailure.IsAddressInUse(busy) && time.GetElapsedTime(began) < Patience)
            {
                if (!isSaid)
                {
                    await console.WriteLineAsync($"{busy.Message} PiCam tries again for {Patience.TotalSeconds:0} s.").ConfigureAwait(false);
                }

                await Task.Delay(Pause, time).ConfigureAwait(false);
            }
        }
    }

    private async Task<WebApplication> TryOnceAsync(IReadOnlyList<string> refused)
    {
        var app = build(refused);
        try
        {
            // The host would do it too, but only after it logged the exception.
            app.Services.GetService<IStartupValidator>()?.Validate();
            await app.StartAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Told to stop while it started, which says nothing about its settings. Who waits for its end finds it there.
            return app;
        }
        catch
        {
            // What has begun already is ended first: it would go on with services that are gone.
            await app.StopAsync().ConfigureAwait(false);
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        app.Services.GetRequiredService<StartUpPhase>().End();
        file.KeepLastGood();
        return app;
    }
}
