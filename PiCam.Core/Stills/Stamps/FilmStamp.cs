using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Stills.Templates;
using SkiaSharp;

namespace PiCam.Core.Stills.Stamps;

/// <summary>
/// The stamp of a film, for who lays it over the frames: pictures of one size, as wide as the frames, of which most is transparent.
/// What it says is each frame's own; how it looks stays as it was at the film's beginning.
/// </summary>
public sealed class FilmStamp : IDisposable
{
    // Half of the colours' resolution is what films have.
    private const int Grid = 2;

    private readonly PixelSize frames;
    private readonly StampStyle style;
    private readonly StampTemplate template;
    private readonly Func<Frame, StampValues> values;
    private readonly SKBitmap? logo;
    private readonly SKBitmap strip;
    private (string Text, byte[] Png)? newest;
    private long drawn;

    /// <param name="frames">The size of the film's frames, as they are seen.</param>
    /// <param name="settings">What the stamp says and how it looks.</param>
    /// <param name="logo">A PNG that is in order; null: none.</param>
    /// <param name="first">The film's first frame: later texts that need more room than its text are drawn smaller.</param>
    /// <param name="values">What is known of a frame; its number in the film is counted here.</param>
    public FilmStamp(PixelSize frames, StampSettings settings, byte[]? logo, Frame first, Func<Frame, StampValues> values)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (this.frames, style, this.values) = (frames, settings.Style, values);
        template = StampTemplate.Parse(settings.Template);
        this.logo = logo is null ? null : StampLogo.Decode(logo);
        var height = (int)Math.Ceiling(Layout(Text(first), null).Outside.Height) + 1;
        Top = style.IsAtBottom ? Math.Max(0, frames.Height - height) / Grid * Grid : 0;
        Size = new(frames.Width, Math.Min(frames.Height - Top, (height + Grid - 1) / Grid * Grid));
        strip = new SKBitmap(new SKImageInfo(Size.Width, Size.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
    }

    /// <summary>Where in the frames the stamp's pictures lie, in pixels from the upper edge.</summary>
    public int Top { get; }

    /// <summary>Of the stamp's pictures.</summary>
    public PixelSize Size { get; }

    /// <summary>The stamp of the film's next frame.</summary>
    /// <returns>A PNG; the same one as long as it says the same.</returns>
    public byte[] Draw(Frame frame)
    {
        var text = Text(frame);
        drawn++;
        if (newest is { } same && same.Text == text)
        {
            return same.Png;
        }

        strip.Erase(SKColors.Transparent);
        using (var canvas = new SKCanvas(strip))
        {
            canvas.Translate(0, -Top);
            Stamp.Draw(canvas, Layout(text, Size.Height), style, logo);
        }

        // It goes through a pipe to be decoded at once: quickly is better than small.
        using var pixels = strip.PeekPixels();
        using var data = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.NoFilters, zLibLevel: 1));
        var png = data!.ToArray();
        newest = (text, png);
        return png;
    }

    public void Dispose()
    {
        logo?.Dispose();
        strip.Dispose();
    }

    private string Text(Frame frame) => template.Fill(values(frame) with { Counter = drawn });

    private StampLayout Layout(string text, float? mostHeight) => StampLayout.Of(frames, style, text, logo is null ? null : new(logo.Width, logo.Height), mostHeight);
}
