using Microsoft.Extensions.Logging;
using PiCam.Core.Access;
using PiCam.Core.Frames;
using PiCam.Core.Media;
using PiCam.Core.Settings;
using PiCam.Core.Stills;
using PiCam.Core.Stills.Stamps;
using PiCam.Core.Stills.Templates;

namespace PiCam.Core.Recordings;

/// <summary>Recordings' files: begun as drafts of the library, written down so that the next start finds them if this one ends at once, and taken in.</summary>
public sealed partial class RecordingParts
{
    private const string OpenKey = "recordings.open";
    private const string CounterKey = "recordings.counter";
    private const string Kind = "recording";

    // A gimbal turns by some degrees in it; a slow encoder is behind by more.
    private static readonly TimeSpan JustNow = TimeSpan.FromSeconds(0.5);

    private readonly IRecordingEncoder encoder;
    private readonly IFilmFiles films;
    private readonly MediaLibrary library;
    private readonly MediaStorage storage;
    private readonly PictureStamp stamp;
    private readonly PictureContext context;
    private readonly TimeProvider time;
    private readonly ILogger<RecordingParts> logger;
    private readonly StoredList<OpenRecording, OpenRecordings> open;
    private readonly PictureCounter counter;

    public RecordingParts(
        IRecordingEncoder encoder, IFilmFiles films, MediaLibrary library, MediaStorage storage, PictureStamp stamp, PictureContext context, ISettingsStore store,
        TimeProvider time, ILogger<RecordingParts> logger)
    {
        this.encoder = encoder;
        this.films = films;
        this.library = library;
        this.storage = storage;
        this.stamp = stamp;
        this.context = context;
        this.time = time;
        this.logger = logger;
        open = new(store, OpenKey, all => new OpenRecordings(all), stored => stored.Files);
        counter = new PictureCounter(store, CounterKey);
    }

    /// <summary>When a frame of this run of the panel was taken, by the clock on the wall as it is now.</summary>
    internal DateTimeOffset TakenAt(Frame frame) => Epoch + time.GetElapsedTime(0, frame.CapturedAt);

    /// <summary>What the clock on the wall would have shown when the one of <see cref="TimeProvider.GetTimestamp"/> began. It changes only when somebody sets the clock.</summary>
    internal DateTimeOffset Epoch => time.GetLocalNow() - time.GetElapsedTime(0);

    /// <summary>Files are being written, or are so no more. Raised on any thread.</summary>
    internal event Action? Changed
    {
        add => open.Changed += value;
        remove => open.Changed -= value;
    }

    /// <summary>Whether a file is being written.</summary>
    internal bool IsWriting => Unfinished.Any();

    /// <summary>What is in the library and has no index at its beginning; oldest first.</summary>
    internal IEnumerable<OpenRecording> Unindexed => open.All.Where(file => file.MediaId is not null);

    private IEnumerable<OpenRecording> Unfinished => open.All.Where(file => file.MediaId is null);

    /// <exception cref="MediaStorageException">Nothing can be kept now.</exception>
    internal void DemandRoom() => storage.Demand(0);

    /// <summary>Takes over what was stored, before the library removes what an earlier run left.</summary>
    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        await counter.LoadAsync(cancellationToken).ConfigureAwait(false);
        await open.LoadAsync(cancellationToken).ConfigureAwait(false);
        library.Spare(Unfinished.Select(file => file.FilePath));
    }

    /// <summary>Takes what an earlier run was writing when it ended at once into the library, as far as it can be played.</summary>
    internal async Task RescueAsync(CancellationToken cancellationToken)
    {
        foreach (var file in Unfinished.ToList())
        {
            var media = new NewMedia(MediaKind.Recording, file.Name, Path.GetExtension(file.FilePath).TrimStart('.'))
            {
                TakenAt = file.TakenAt,
                Size = file.Size,
                Preset = file.Preset,
                By = file.By,
            };
            try
            {
                await TakeInAsync(library.Adopt(media, file.FilePath), cancellationToken).ConfigureAwait(false);
            }
            catch (ReasonException failed)
            {
                // What cannot be looked at or kept now stays, for the next start.
                LogCut(failed);
            }
        }
    }

    /// <summary>Begins the next file.</summary>
    /// <param name="first">Its first frame.</param>
    /// <param name="settings">How.</param>
    /// <param name="turn">How the camera's picture is turned to be seen upright.</param>
    /// <param name="by">Who wants it.</param>
    /// <exception cref="MediaStorageException">Nothing can be kept now.</exception>
    /// <exception cref="RecordingFailedException">It cannot be made.</exception>
    internal async Task<RecordingPart> BeginAsync(Frame first, RecordingSettings settings, int turn, string by)
    {
        var fault = settings.Format == RecordingFormat.H264 ? await encoder.FaultAsync(CancellationToken.None).ConfigureAwait(false) : null;
        var plan = RecordingPlan.Of(first, fault is null ? settings.Format : RecordingFormat.Mjpeg, settings.Quality) with { Turn = turn };
        var takenAt = TakenAt(first);
        var template = NameTemplate.Parse(settings.NameTemplate);
        var number = template.HasCounter ? await NumberAsync().ConfigureAwait(false) : 0;
        var media = new NewMedia(MediaKind.Recording, template.Fill(new NameValues(context.Name.Text, Kind, takenAt, number)), plan.Extension)
        {
            TakenAt = takenAt,
            Size = plan.SeenSize,
            Preset = context.Preset,
            By = by,
        };
        var draft = await library.BeginAsync(Caller.System, media, CancellationToken.None).ConfigureAwait(false);
        try
        {
            await KeepingAsync(all => [.. all, new(draft.FilePath, media.Name, takenAt, plan.SeenSize, media.Preset, by)]).ConfigureAwait(false);
            if (settings.IsStamped && plan.Format == RecordingFormat.H264)
            {
                plan = plan with { Stamp = stamp.Film(plan.SeenSize, first, Values) };
            }

            var file = await encoder.BeginAsync(plan, draft.FilePath, CancellationToken.None).ConfigureAwait(false);
            return new RecordingPart(file, draft, plan, first, Epoch) { Shortcoming = fault };
        }
        catch
        {
            plan.Stamp?.Dispose();
            await draft.DisposeAsync().ConfigureAwait(false);
            await CloseAsync(draft.FilePath).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends a file and takes it into the library; one that failed, as far as it can be played.</summary>
    /// <exception cref="MediaStorageException">It cannot be kept.</exception>
    /// <exception cref="RecordingFailedException">There is nothing in it.</exception>
    internal async Task<MediaItem> FinishAsync(RecordingPart part)
    {
        try
        {
            using (part.Plan.Stamp)
            await using (part.File.ConfigureAwait(false))
            {
                part.Missing = part.Frames - await part.File.EndAsync().ConfigureAwait(false);
            }
        }
        catch (ReasonException failed)
        {
            // What was written before can be played.
            LogCut(failed);
            var (left, frames) = await TakeInAsync(part.Draft, CancellationToken.None).ConfigureAwait(false);
            part.Missing = part.Frames - frames;
            return left;
        }

        return await CommitAsync(part.Draft, part.Duration, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Takes in what can be played of a file that was cut off; of nothing, the file goes.</summary>
    private async Task<(MediaItem Item, long Frames)> TakeInAsync(MediaDraft draft, CancellationToken cancellationToken)
    {
        var content = await films.InspectAsync(draft.FilePath, cancellationToken).ConfigureAwait(false);
        if (content.Frames == 0)
        {
            await draft.DisposeAsync().ConfigureAwait(false);
            await CloseAsync(draft.FilePath).ConfigureAwait(false);
            throw new RecordingFailedException(RecordingFault.NothingInIt);
        }

        LogRescued(content.Frames, content.Duration);
        return (await CommitAsync(draft, content.Duration, cancellationToken).ConfigureAwait(false), content.Frames);
    }

    private async Task<MediaItem> CommitAsync(MediaDraft draft, TimeSpan duration, CancellationToken cancellationToken)
    {
        var item = await draft.CommitAsync(duration, cancellationToken).ConfigureAwait(false);
        await (RecordingPlan.IsFragmented(draft.FilePath)
            ? KeepingAsync(all => [.. all.Select(file => file.FilePath == draft.FilePath ? file with { MediaId = item.Id } : file)])
            : CloseAsync(draft.FilePath)).ConfigureAwait(false);
        return item;
    }

    /// <summary>What a frame's stamp says. Frames do not know where the camera looked: of what was taken before, that is not known any more.</summary>
    private StampValues Values(Frame frame)
    {
        var values = context.Values(frame.Metadata, TakenAt(frame), context.Asked);
        return time.GetElapsedTime(frame.CapturedAt) < JustNow ? values : values with { Aim = null, ExposureValue = null };
    }

    // A file's name must be its own; without a number that is stored it is made so by the library.
    private async Task<long> NumberAsync()
    {
        try
        {
            return await counter.NextAsync().ConfigureAwait(false);
        }
        catch (SettingNotStoredException notStored)
        {
            throw new MediaStorageException(MediaFault.Full, notStored);
        }
    }

    /// <summary>A file is as it will stay.</summary>
    internal Task CloseAsync(string filePath) => KeepingAsync(all => [.. all.Where(file => file.FilePath != filePath)]);

    // It records whether that can be written down or not; a power cut may cost the file then.
    private async Task KeepingAsync(Func<IReadOnlyList<OpenRecording>, IReadOnlyList<OpenRecording>> change)
    {
        try
        {
            await open.ChangeAsync(change).ConfigureAwait(false);
        }
        catch (SettingNotStoredException notStored)
        {
            LogNotStored(notStored);
        }
    }

    [LoggerMessage(LogLevel.Information, "A recording was cut off; {Frames} frames of it, {Duration}, are in the library")]
    private partial void LogRescued(long frames, TimeSpan duration);

    [LoggerMessage(LogLevel.Error, "A recording was cut off")]
    private partial void LogCut(Exception exception);

    [LoggerMessage(LogLevel.Error, "Which recording is being written could not be stored; if the power goes now it is lost")]
    private partial void LogNotStored(Exception exception);
}
