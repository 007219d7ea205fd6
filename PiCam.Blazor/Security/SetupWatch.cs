using System.Threading.Channels;
using PiCam.Blazor.Data;
using PiCam.Blazor.StartUp;

namespace PiCam.Blazor.Security;

/// <summary>Until set-up is done: keeps a fresh code in force and on the console, and notices when the command line ends set-up.</summary>
internal sealed class SetupWatch(Setup setup, SetupState state, DatabaseWatcher database, Banner banner, TimeProvider time)
    : BackgroundService
{
    private readonly Channel<bool> changes =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        database.Changed += OnDatabaseChanged;
        if (await state.RefreshAsync(cancellationToken).ConfigureAwait(false))
        {
            // A code that a killed panel left behind.
            await setup.ForgetCodeAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await setup.ReplaceCodeAsync(cancellationToken).ConfigureAwait(false);
        }

        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        database.Changed -= OnDatabaseChanged;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await state.RefreshAsync(stoppingToken).ConfigureAwait(false))
        {
            if (setup.Remaining <= TimeSpan.Zero)
            {
                await setup.ReplaceCodeAsync(stoppingToken).ConfigureAwait(false);
                await banner.PrintSetupCodeAsync(stoppingToken).ConfigureAwait(false);
            }

            await WaitAsync(setup.Remaining, stoppingToken).ConfigureAwait(false);
        }

        await setup.ForgetCodeAsync(stoppingToken).ConfigureAwait(false);
    }

    private void OnDatabaseChanged() => changes.Writer.TryWrite(true);

    private async Task WaitAsync(TimeSpan longest, CancellationToken stoppingToken)
    {
        if (longest <= TimeSpan.Zero)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stoppingToken);
        try
        {
            await changes.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !stoppingToken.IsCancellationRequested)
        {
            // The code's time is up; the loop replaces it.
        }
    }
}
