using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;
using PiCam.Core.Media;

namespace PiCam.Core.Stills;

/// <summary>Keeps pictures of the camera in the library, whoever took them and why, with how they were taken written into them.</summary>
public sealed class PictureKeeper(CameraSession camera, Gimbal gimbal, MediaLibrary library, TimeProvider time)
{
    private static readonly string Software = "PiCam " + typeof(PictureKeeper).Assembly.GetName().Version?.ToString(3);

    /// <summary>When this returns the picture is in the library, and outlasts a power cut.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="frame">As the camera gave it.</param>
    /// <param name="media">What to call it; its size is the frame's.</param>
    /// <param name="loan">What it alone was taken with; null: nothing.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="StillFailedException">It is no whole JPEG.</exception>
    /// <exception cref="MediaStorageException">It could not be kept.</exception>
    public Task<MediaItem> KeepAsync(Caller caller, Frame frame, NewMedia media, StillLoan? loan = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(media);
        var takenAt = media.TakenAt ?? time.GetLocalNow();
        var known = media with { TakenAt = takenAt, Size = new(frame.Width, frame.Height) };
        return library.AddAsync(caller, known, Written(frame, Fields(frame, takenAt, loan)), CancellationToken.None);
    }

    private static byte[] Written(Frame frame, ExifFields fields)
    {
        try
        {
            return Exif.Write(frame.Jpeg, fields);
        }
        catch (InvalidDataException broken)
        {
            throw new StillFailedException(StillFailure.Broken, broken);
        }
    }

    private ExifFields Fields(Frame frame, DateTimeOffset takenAt, StillLoan? loan)
    {
        var state = camera.State;
        var fields = state.Capabilities is { } capabilities
            ? ExifFields.Of(frame.Metadata, loan?.On(state.Asked) ?? state.Asked, capabilities)
            : new ExifFields();
        return fields with { TakenAt = takenAt, Software = Software, Aim = gimbal.Exists ? gimbal.Status.Position : null };
    }
}
