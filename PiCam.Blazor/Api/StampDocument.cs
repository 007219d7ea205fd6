using PiCam.Core.Stills;
using PiCam.Core.Stills.Stamps;

namespace PiCam.Blazor.Api;

/// <summary>The stamp of pictures.</summary>
/// <param name="On">Whether pictures get it, of which nobody says otherwise.</param>
/// <param name="Template">Text with fields.</param>
/// <param name="Corner">"bottomLeft", "bottomRight", "topLeft" or "topRight".</param>
/// <param name="Height">Of one line, as a part of the picture's height.</param>
/// <param name="Opacity">0.1 to 1.</param>
/// <param name="Box">Whether a dark box is behind the text.</param>
/// <param name="Logo">Whether there is one, at /api/stamp/logo.</param>
/// <param name="Preview">What it would say now.</param>
internal sealed record StampDocument(bool On, string Template, StampCorner Corner, double Height, double Opacity, bool Box, bool Logo, string Preview)
{
    public static StampDocument From(PictureStamp stamp, PictureContext context)
    {
        var settings = stamp.Settings;
        return new StampDocument(
            settings.IsOn, settings.Template, settings.Style.Corner, settings.Style.Height, settings.Style.Opacity, settings.Style.HasBox,
            stamp.Logo is not null, stamp.Text(context.Newest));
    }
}
