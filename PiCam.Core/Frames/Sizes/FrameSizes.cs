using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PiCam.Core.Cameras;

namespace PiCam.Core.Frames.Sizes;

/// <summary>
/// Smaller copies of the live picture: each is made once, for all viewers who need it, and only while one does. One picture is in work at a
/// time, always the newest: on a busy machine small ones come less often, and nothing piles up. A camera that gives every picture at half its
/// size, too, does most of the work: that is passed on as it is, and the smaller ones are made of it.
/// </summary>
public sealed partial class FrameSizes : BackgroundService
{
    // Of the live picture's own quality less is seen of it in a small one.
    internal const int Quality = 75;

    // Decoded, four bytes each: the largest sensor's picture fits, and a header that lies does not take the memory away.
    private const long MostPixels = 64_000_000;

    private readonly FrameHub whole;
    private readonly ILogger<FrameSizes> logger;
    private readonly Dictionary<FrameSize, FrameHub> hubs;
    private readonly Channel<bool> wanted =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private bool failing;

    public FrameSizes(CameraSession session, ILogger<FrameSizes> logger)
        : this((session ?? throw new ArgumentNullException(nameof(session))).Frames, logger)
    {
    }

    /// <param name="whole">The camera's own frames.</param>
    /// <param name="logger">Is told when copies cannot be made.</param>
    internal FrameSizes(FrameHub whole, ILogger<FrameSizes> logger)
    {
        (this.whole, this.logger) = (whole, logger);
        hubs = Enum.GetValues<FrameSize>().Where(size => size != FrameSize.Whole).OrderDescending()
            .ToDictionary(size => size, size => new FrameHub(whole, fromHalf: size <= FrameSize.Half));
        foreach (var hub in hubs.Values)
        {
            hub.WantedChanged += () => wanted.Writer.TryWrite(true);
        }
    }

    /// <summary>The pictures of one size. Who subscribes has them made.</summary>
    public FrameHub this[FrameSize size] => size == FrameSize.Whole ? whole : hubs[size];

    /// <summary>A viewer who gets pictures of the size that its link can carry.</summary>
    /// <param name="first">The size to begin with; null: nothing is known of the link.</param>
    public SizedSubscription Subscribe(FrameSize? first = null) => new(this, first);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var last = 0L;
        var arrival = new Arrival(whole.Forget);
        while (true)
        {
            await wanted.Reader.ReadAsync(stoppingToken).ConfigureAwait(false);
            while (hubs.Values.Any(hub => hub.Wanted))
            {
                // No lease of its own: the copies' readers hold one each.
                var frame = await whole.NextAsync(last, arrival, stoppingToken).ConfigureAwait(false);
                last = frame.Sequence;
                foreach (var (size, hub) in hubs.Where(pair => pair.Value.Wanted))
                {
                    Make(frame, size, hub);
                }
            }
        }
    }

    // Whatever happens, a picture is published: its viewers would stand still, and the panel end.
    private void Make(Frame frame, FrameSize size, FrameHub hub)
    {
        var copy = frame with { };
        try
        {
            var source = size <= FrameSize.Half && frame.Half is { HasPicture: true } half ? half : frame;
            var eighths = (int)size * (source == frame ? 1 : 2);
            if (eighths == (int)FrameSize.Whole)
            {
                copy = source with { Sequence = frame.Sequence };
            }
            else if (source.Width * (long)source.Height > MostPixels)
            {
                Fail("it is too large");
            }
            else if (JpegThumbnail.Scale(source.Jpeg, eighths, Quality) is (var jpeg, var pixels))
            {
                copy = new Frame(jpeg, pixels.Width, pixels.Height, frame.Metadata, frame.CapturedAt) { Sequence = frame.Sequence };
                failing = false;
            }
            else
            {
                Fail("it cannot be decoded");
            }
        }
#pragma warning disable CA1031 // A picture may be anything, and the decoder is not ours.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception.Message);
        }

        hub.Publish(copy);
    }

    // Once until one succeeds again: there are thirty a second.
    private void Fail(string reason)
    {
        if (!failing)
        {
            failing = true;
            LogFailed(reason);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Pictures go out whole, because one cannot be made smaller: {Reason}")]
    private partial void LogFailed(string reason);
}
