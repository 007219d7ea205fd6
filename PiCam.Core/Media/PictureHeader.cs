using PiCam.Core.Cameras;
using SkiaSharp;

namespace PiCam.Core.Media;

/// <summary>Reads what a picture's file says of it at its beginning.</summary>
internal static class PictureHeader
{
    /// <summary>Null: no picture, or one that cannot be read.</summary>
    public static PixelSize? Size(IMediaFiles files, string path)
    {
        if (!MediaFormat.IsPicture(path))
        {
            return null;
        }

        try
        {
            using var stream = files.Open(path);
            if (stream is null)
            {
                return null;
            }

            using var codec = SKCodec.Create(stream);
            return codec is null ? null : new PixelSize(codec.Info.Width, codec.Info.Height);
        }
        catch (IOException)
        {
            // A bad block on the disk: as good as no picture.
            return null;
        }
    }
}
