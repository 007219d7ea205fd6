using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Hardware.Processes;

namespace PiCam.Hardware.Libcamera;

/// <summary>A running camera helper: frames out of it, the desired state into it.</summary>
internal sealed partial class LibcameraStream : ICameraStream
{
    private static readonly TimeSpan LeastStall = TimeSpan.FromSeconds(3);

    private readonly LibcameraCameraOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly Dictionary<long, long> versions = [];
    private readonly Dictionary<long, (CameraControls Before, long Version)> configuring = [];
    private readonly Lock gate = new();
    private ChildProcess? child;
    private HelperReader? reader;
    private JsonElement hello;
    private volatile IReadOnlyDictionary<string, HelperControl> offered = new Dictionary<string, HelperControl>();
    private volatile CameraCapabilities? capabilities;
    private volatile CameraRefusal? refusal;
    private Reason? trouble;
    private Reason? unconfigured;
    private (CameraControls Controls, long Version) inForce = (CameraControls.Automatic, 0);
    private volatile bool hasHalf;
    private volatile bool halfWanted;
    private bool halfTold;
    private long lastId;
    private long broken;
    private long helperDropped;
    private long frameTicks = TimeSpan.FromMilliseconds(33).Ticks;

    public LibcameraStream(LibcameraCameraOptions options, TimeProvider time, ILogger logger)
    {
        this.options = options;
        this.time = time;
        this.logger = logger;
    }

    public CameraCapabilities Capabilities => capabilities ?? throw new InvalidOperationException("The camera has not started.");

    public CameraRefusal? Refusal => refusal;

    public long DroppedFrames => Interlocked.Read(ref broken) + Interlocked.Read(ref helperDropped);

    /// <summary>Starts the helper and waits until it has told what the camera can do.</summary>
    public async Task StartAsync(CameraControls controls, long version, CancellationToken cancellationToken)
    {
        if (SearchPath.Find(options.Helper) is null)
        {
            throw new CameraLostException(CameraLoss.HelperMissing($"there is no program {options.Helper}"));
        }

        try
        {
            child = await ChildProcess.StartAsync(
                new ChildCommand
                {
                    Name = "picam-camera",
                    Executable = options.Helper,
                    Arguments = options.Id is { } id ? ["--camera", id] : [],
                    WritesInput = true,
                    ReadyTimeout = options.ReadyTimeout + (3 * LibcameraRequest.LongestFrame(controls)),
                    StallLimit = StallLimit,
                },
                time,
                logger,
                cancellationToken).ConfigureAwait(false);
        }
        catch (ChildStartException exception)
        {
            throw new CameraLostException(CameraLoss.HelperMissing(exception.Message), exception);
        }

        reader = new HelperReader(child.Output);
        hello = (await NextAsync("HELO", cancellationToken).ConfigureAwait(false)).Json;

        // What the controls may be depends on the configuration, and comes with its answer; until then none is sent.
        inForce = (controls, version);
        await ConfigureAsync(controls, version: null, restart: false, cancellationToken).ConfigureAwait(false);
        if (!await IsConfiguredAsync(cancellationToken).ConfigureAwait(false))
        {
            // What was asked of another camera, perhaps, whose place this one has taken.
            await ConfigureAsync(controls with { Size = null, SensorMode = null }, version: null, restart: false, cancellationToken).ConfigureAwait(false);
            if (!await IsConfiguredAsync(cancellationToken).ConfigureAwait(false))
            {
                throw new CameraLostException(unconfigured!);
            }
        }
    }

    public async ValueTask<Frame> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = await NextAsync("FRAM", cancellationToken).ConfigureAwait(false);
            child!.Progress();
            if (Read(message) is { } frame)
            {
                return frame;
            }
        }
    }

    public async ValueTask ApplyAsync(CameraControls controls, long version, CancellationToken cancellationToken)
    {
        CameraControls before;
        lock (gate)
        {
            before = inForce.Controls;
            inForce = (controls, version);
        }

        var restart = LibcameraRequest.LeavesLongExposure(before, controls);
        if (restart || LibcameraRequest.Reconfigures(before, controls, Capabilities.Flips))
        {
            await ConfigureAsync(controls, version, restart, cancellationToken, before).ConfigureAwait(false);
            return;
        }

        if (LibcameraRequest.Quality(before, options.Quality) != LibcameraRequest.Quality(controls, options.Quality))
        {
            await SendAsync(
                new JsonObject { ["command"] = "quality", ["quality"] = LibcameraRequest.Quality(controls, options.Quality) }, null, cancellationToken)
                .ConfigureAwait(false);
        }

        await SendControlsAsync(controls, version, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask SetEncodingAsync(bool wanted, CancellationToken cancellationToken) =>
        new(SendAsync(new JsonObject { ["command"] = "encode", ["on"] = wanted }, null, cancellationToken));

    public ValueTask SetHalfAsync(bool wanted, CancellationToken cancellationToken)
    {
        halfWanted = wanted;
        return new(TellHalfAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        if (child is not null)
        {
            await child.DisposeAsync().ConfigureAwait(false);
        }

        writing.Dispose();
    }

    private TimeSpan StallLimit()
    {
        var three = TimeSpan.FromTicks(3 * Interlocked.Read(ref frameTicks));
        TimeSpan asked;
        lock (gate)
        {
            // While it takes a still it gives nothing else.
            asked = stills.Values.Where(still => still.Left(time) > TimeSpan.Zero).Select(still => still.Limit + LeastStall)
                .Append(3 * LibcameraRequest.LongestFrame(inForce.Controls)).Max();
        }

        var longest = three > LeastStall ? three : LeastStall;
        return asked > longest ? asked : longest;
    }

    private async Task<bool> IsConfiguredAsync(CancellationToken cancellationToken)
    {
        unconfigured = null;
        while (capabilities is null && unconfigured is null)
        {
            await NextAsync(null, cancellationToken).ConfigureAwait(false);
        }

        return capabilities is not null;
    }

    /// <summary>The next message of a kind, or of any; what else comes on the way is taken note of.</summary>
    private async ValueTask<HelperMessage> NextAsync(string? kind, CancellationToken cancellationToken)
    {
        try
        {
            while (await reader!.ReadAsync(cancellationToken).ConfigureAwait(false) is { } message)
            {
                Note(message);
                if (message.Kind == "CONF")
                {
                    await SendAgainAsync(cancellationToken).ConfigureAwait(false);
                    await TellHalfAsync(cancellationToken).ConfigureAwait(false);
                }

                if (kind is null || message.Kind == kind)
                {
                    return message;
                }
            }
        }
        catch (HelperProtocolException end) when (end.IsEnd)
        {
            // It was killed while it wrote, say; its end is what is told.
        }
        catch (HelperProtocolException exception)
        {
            throw Lost(CameraLoss.HelperFailed(exception.Message), exception);
        }

        var ended = await child!.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        throw Lost(trouble ?? HelperTroubles.OfEnd(ended, child.LastErrors));
    }

    private void Note(HelperMessage message)
    {
        switch (message.Kind)
        {
            case "CONF":
                capabilities = LibcameraCapabilities.From(hello, message.Json);
                offered = LibcameraCapabilities.Controls(message.Json);
                hasHalf = message.Json.Numbers("half") is not null;
                lock (gate)
                {
                    configuring.Remove(message.Json.WholeNumber("id") ?? 0);
                }

                break;
            case "STIL":
                Answer(message);
                break;
            case "ERRO":
                var (code, text) = (message.Json.Text("code") ?? "", message.Json.Text("message") ?? "");
                if (message.Json.WholeNumber("id") is { } id)
                {
                    LogRefused(code, text);
                    if (!Answer(message))
                    {
                        TakeBack(id, text.TrimEnd('.'));
                    }
                }
                else
                {
                    trouble = HelperTroubles.Of(code, text, options.Id);
                }

                break;
            case "ACKN" when message.Json.TryGetProperty("refused", out var refused) && refused.ValueKind == JsonValueKind.Array:
                foreach (var one in refused.EnumerateArray())
                {
                    LogRefused("refused", one.GetRawText());
                }

                break;
        }
    }

    private Frame? Read(HelperMessage message)
    {
        if (message.Json.WholeNumber("dropped") is { } count)
        {
            Interlocked.Exchange(ref helperDropped, count);
        }

        var jpeg = message.Data;
        if (message.Oversized || (jpeg.Length > 0 && !IsJpeg(jpeg)))
        {
            Interlocked.Increment(ref broken);
            return null;
        }

        var metadata = LibcameraMetadata.From(message.Json, VersionOf(message.Json.WholeNumber("controlsId") ?? 0));
        if (metadata.FrameDuration is { } duration)
        {
            Interlocked.Exchange(ref frameTicks, duration.Ticks);
        }

        var size = Capabilities.Size;
        var now = time.GetTimestamp();
        return new Frame(jpeg, size.Width, size.Height, metadata, now)
        {
            Half = message.HalfSize is { } half && IsJpeg(message.Half) ? new Frame(message.Half, half.Width, half.Height, metadata, now) : null,
        };
    }

    private static bool IsJpeg(byte[] data) => data is [0xFF, 0xD8, ..] and [.., 0xFF, 0xD9];

    [LoggerMessage(LogLevel.Warning, "The camera helper did not do what it was asked ({Code}): {Message}")]
    private partial void LogRefused(string code, string message);
}
