using System.Data.Common;
using System.Threading.Channels;
using PiCam.Blazor.Data;

namespace PiCam.Blazor.Certificates;

/// <summary>Reads the switch at the start, and again when the command line may have turned it.</summary>
internal sealed partial class AlwaysHttpsWatch(AlwaysHttps always, DatabaseWatcher database, ILogger<AlwaysHttpsWatch> logger) : BackgroundService
{
    private readonly Channel<bool> changes =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        database.Changed += OnDatabaseChanged;
        await always.LoadAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        database.Changed -= OnDatabaseChanged;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in changes.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await always.LoadAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (DbException trouble)
            {
                LogTrouble(trouble.Message);
            }
        }
    }

    private void OnDatabaseChanged() => changes.Writer.TryWrite(true);

    [LoggerMessage(LogLevel.Error, "Whether to lead everybody to HTTPS cannot be read: {Reason}")]
    private partial void LogTrouble(string reason);
}
