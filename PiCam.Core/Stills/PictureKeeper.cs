using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Media;
using PiCam.Core.Stills.Stamps;

namespace PiCam.Core.Stills;

/// <summary>
/// Keeps pictures of the camera in the library, whoever took them and why: stamped where that is wished for, with how they were
/// taken written into them.
/// </summary>
public sealed class PictureKeeper(PictureContext context, MediaLibrary library, PictureStamp stamp, TimeProvider time)
{
    private static readonly string Software = "PiCam " + typeof(PictureKeeper).Assembly.GetName().Version?.ToString(3);

    /// <summary>What the camera is called, for the names of pictures.</summary>
    public string CameraName => context.Name.Text;

    /// <summary>When this returns the picture is in the library, and outlasts a power cut.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="frame">As the camera gave it.</param>
    /// <param name="media">What to call it; its size is the frame's, its preset the one that the gimbal is at.</param>
    /// <param name="loan">What it alone was taken with; null: nothing.</param>
    /// <param name="wishes">Null: none.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="StillFailedException">It is no whole JPEG.</exception>
    /// <exception cref="MediaStorageException">It could not be kept.</exception>
    public Task<MediaItem> KeepAsync(Caller caller, Frame frame, NewMedia media, StillLoan? loan = null, PictureWishes? wishes = null)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(media);
        caller.Demand(Permission.Capture);
        wishes ??= new PictureWishes();
        var takenAt = media.TakenAt ?? time.GetLocalNow();
        var controls = loan?.On(context.Asked) ?? context.Asked;
        var fields = Fields(frame, takenAt, controls, wishes) with { IsBracketed = media.Kind == MediaKind.Bracket };
        if (wishes.Stamp ?? stamp.Settings.IsOn)
        {
            (frame, fields) = (Stamped(frame, takenAt, controls, wishes), fields with { Orientation = 1 });
        }

        var known = media with
        {
            TakenAt = takenAt,
            Size = new(frame.Width, frame.Height),
            Preset = media.Preset ?? context.Preset,
        };
        return library.AddAsync(caller, known, Written(frame, fields), CancellationToken.None);
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

    private Frame Stamped(Frame frame, DateTimeOffset takenAt, CameraControls controls, PictureWishes wishes)
    {
        var values = context.Values(frame.Metadata, takenAt, controls) with { Counter = wishes.Counter };
        var orientation = context.Capabilities is { } capabilities ? Orientation.Of(controls, capabilities.Flips) : default;
        return stamp.Draw(frame, values, wishes.Quality, orientation) ?? throw new StillFailedException(StillFailure.Broken);
    }

    private ExifFields Fields(Frame frame, DateTimeOffset takenAt, CameraControls controls, PictureWishes wishes)
    {
        var fields = context.Capabilities is { } capabilities ? ExifFields.Of(frame.Metadata, controls, capabilities) : new ExifFields();
        return fields with
        {
            TakenAt = takenAt,
            Software = Software,
            Description = wishes.Description ?? (context.Name.IsGiven ? context.Name.Text : null),
            Aim = context.Aim,
        };
    }
}
