using PiCam.Core.Frames;
using PiCam.Core.Recordings;
using PiCam.Hardware.Media;

namespace PiCam.Hardware.Recordings;

/// <summary>A recording of the camera's own JPEGs, by nobody's help.</summary>
internal sealed class AviRecordingFile : IRecordingFile
{
    // So often what was written can be found by players if everything ends at once.
    private static readonly TimeSpan UpdateInterval = TimeSpan.FromSeconds(1);

    private readonly FileStream stream;
    private readonly AviWriter writer;
    private TimeSpan updated;

    private AviRecordingFile(FileStream stream, AviWriter writer) => (this.stream, this.writer) = (stream, writer);

    public long Bytes => writer.Bytes;

    /// <exception cref="PiCam.Core.Media.MediaStorageException">The disk does not take it.</exception>
    public static AviRecordingFile Create(RecordingPlan plan, string filePath) => MediaDisk.Storing(() =>
    {
        var stream = new FileStream(filePath, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.Asynchronous,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        return new AviRecordingFile(stream, new AviWriter(stream, plan.Size, plan.FrameDuration));
    });

    public bool Takes(Frame frame) => writer.Takes(frame.Metadata.SensorTimestamp, frame.Jpeg.Length);

    public Task WriteAsync(Frame frame) => WriteAsync(frame.Metadata.SensorTimestamp, frame.Jpeg);

    /// <inheritdoc cref="WriteAsync(Frame)"/>
    public Task WriteAsync(TimeSpan time, ReadOnlyMemory<byte> jpeg) => MediaDisk.StoringAsync(async () =>
    {
        await writer.WriteAsync(time, jpeg).ConfigureAwait(false);
        if (time - updated >= UpdateInterval)
        {
            updated = time;
            writer.Update();
            await stream.FlushAsync().ConfigureAwait(false);
        }

        return true;
    });

    public Task<long> EndAsync() => MediaDisk.StoringAsync(async () =>
    {
        await writer.EndAsync().ConfigureAwait(false);
        await stream.FlushAsync().ConfigureAwait(false);
        return writer.Frames;
    });

    public async ValueTask DisposeAsync()
    {
        try
        {
            await stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // What the disk does not take any more was told by the write before.
        }
    }
}
