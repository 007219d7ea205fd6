using System.Security.Cryptography;
using System.Threading.Channels;
using PiCam.Core;

namespace PiCam.Blazor.Certificates;

/// <summary>The certificate that the panel shows to browsers, replaced when that is due, while it runs.</summary>
public sealed partial class PanelCertificate : BackgroundService, IHostedLifecycleService
{
    /// <summary>How often it looks whether another certificate is due: a clock that is set says nothing.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>For so long before its end an owner's certificate is warned of: weeks in which certbot has failed already.</summary>
    internal static readonly TimeSpan WarnedFor = TimeSpan.FromDays(21);

    private readonly ICertificateSource? source;
    private readonly IMachineAddresses machine;
    private readonly TimeProvider time;
    private readonly ILogger<PanelCertificate> logger;

    private readonly Channel<bool> changes =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <param name="source">Null: the panel does not speak HTTPS.</param>
    /// <param name="machine">With other addresses another certificate may be due.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of trouble.</param>
    internal PanelCertificate(ICertificateSource? source, IMachineAddresses machine, TimeProvider time, ILogger<PanelCertificate> logger)
    {
        this.source = source;
        this.machine = machine;
        this.time = time;
        this.logger = logger;
    }

    /// <summary>Another one is in use, or there is another warning. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    /// <summary>Null before the start, and where the panel does not speak HTTPS.</summary>
    public CertificateInUse? Current { get; private set; }

    /// <summary>The owner's certificate ends soon, or has; null: it does not, or is PiCam's own, which renews itself.</summary>
    public Reason? Warning { get; private set; }

    /// <summary>Before a port is opened.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        Current = source?.Open();
        Warning = Find();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
        machine.Changed -= OnAddressesChanged;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (source is null)
        {
            return;
        }

        machine.Changed += OnAddressesChanged;
        while (true)
        {
            await WaitAsync(stoppingToken).ConfigureAwait(false);
            try
            {
                var next = source.Refresh();

                // One that cannot be shown takes nobody's place.
                _ = next?.Chain;
                Current = next ?? Current;
                var before = Warning;
                Warning = Find();
                if (next is not null || Warning != before)
                {
                    Changed?.Invoke();
                }
            }
            catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or CryptographicException)
            {
                // A full disk, say: the old one is better than none.
                LogNotRenewed(trouble.Message);
            }
        }
    }

    private Reason? Find()
    {
        if (Current is not { Authority: null, Certificate.NotAfter: var end } || end.ToUniversalTime() - time.GetUtcNow() >= WarnedFor)
        {
            return null;
        }

        var day = CertificateInUse.DayOf(end);
        return end.ToUniversalTime() > time.GetUtcNow() ? CertificateFault.Ending(day) : CertificateFault.Ended(day);
    }

    private void OnAddressesChanged() => changes.Writer.TryWrite(true);

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var timeout = new CancellationTokenSource(Interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stoppingToken);
        try
        {
            await changes.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !stoppingToken.IsCancellationRequested)
        {
            // Time for a look.
        }
    }

    [LoggerMessage(LogLevel.Error, "The certificate for HTTPS could not be renewed: {Reason}")]
    private partial void LogNotRenewed(string reason);
}
