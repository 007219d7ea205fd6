using Microsoft.Extensions.Hosting;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Settings;
using PiCam.Core.Stills.Templates;

namespace PiCam.Core.Stills.Stamps;

/// <summary>The stamp of this panel's pictures: what it says, how it looks, its logo.</summary>
public sealed class PictureStamp : IHostedService
{
    private const string SettingKey = "stamp";
    private const string LogoKey = "stamp.logo";

    private readonly ISettingsStore store;
    private readonly IAuditTrail? audit;
    private readonly CheckedSetting<StampSettings> settings;
    private readonly SettingWriter<StoredLogo> logoWriter;
    private volatile byte[]? logo;

    public PictureStamp(ISettingsStore store, IAuditTrail? audit = null)
    {
        this.audit = audit;
        this.store = store;
        settings = new(store, SettingKey, new(), s => s.Check());
        settings.Changed += () => Changed?.Invoke();
        logoWriter = new SettingWriter<StoredLogo>(store, LogoKey, () => new(Logo));
    }

    /// <summary><see cref="Settings"/> or <see cref="Logo"/> changed. Raised on any thread; handlers must return quickly and not throw.</summary>
    public event Action? Changed;

    public StampSettings Settings => settings.Value;

    /// <summary>A PNG; null: none.</summary>
    public byte[]? Logo => logo;

    /// <summary>Changes what the stamp says and how it looks. In force at once, and stored when this returns.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="change">Makes the new settings from the present ones.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">They cannot be used; nothing was changed.</exception>
    /// <exception cref="SettingNotStoredException">They are in force, but a restart would forget them.</exception>
    public async Task SetAsync(Caller caller, Func<StampSettings, StampSettings> change)
    {
        Demand(caller);
        await settings.ChangeAsync(change).ConfigureAwait(false);
        audit?.Record(caller, AuditAction.SettingChanged, "stamp");
    }

    /// <summary>Gives the stamp a logo, or takes it away.</summary>
    /// <param name="caller">Needs <see cref="Permission.Capture"/>.</param>
    /// <param name="png">At most <see cref="StampLogo.MostBytes"/>; null: none.</param>
    /// <exception cref="AccessRefusedException">The caller's role does not allow it.</exception>
    /// <exception cref="InvalidValueException">It is no PNG, too large or broken; nothing was changed.</exception>
    /// <exception cref="SettingNotStoredException">It is in force, but a restart would forget it.</exception>
    public async Task SetLogoAsync(Caller caller, byte[]? png)
    {
        Demand(caller);
        if (png is not null && StampLogo.Check(png) is { } error)
        {
            throw new InvalidValueException(error);
        }

        logo = png;
        audit?.Record(caller, AuditAction.SettingChanged, "stamp logo");
        Changed?.Invoke();
        await logoWriter.WriteAsync().ConfigureAwait(false);
    }

    /// <summary>What the stamp of such a picture says.</summary>
    public string Text(StampValues values) => StampTemplate.Parse(Settings.Template).Fill(values);

    /// <summary>The picture with the stamp, upright as the page shows it, encoded anew; nothing is left for Exif's orientation to say.</summary>
    /// <param name="frame">As the camera gave it.</param>
    /// <param name="values">Of the picture.</param>
    /// <param name="quality">JPEG quality, 1 to 100.</param>
    /// <param name="orientation">What the page does with the camera's pictures.</param>
    /// <returns>Null when the picture cannot be decoded.</returns>
    public Frame? Draw(Frame frame, StampValues values, int quality, Orientation orientation)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (Stamp.Draw(frame.Jpeg, Settings.Style, Text(values), Logo, quality, orientation) is not { } jpeg)
        {
            return null;
        }

        var (width, height) = orientation.PageRotation is Rotation.Rotate90 or Rotation.Rotate270 ? (frame.Height, frame.Width) : (frame.Width, frame.Height);
        return frame with { Jpeg = jpeg, Width = width, Height = height };
    }

    /// <summary>The stamp of a film that begins now.</summary>
    /// <inheritdoc cref="FilmStamp(PixelSize, StampSettings, byte[], Frame, Func{Frame, StampValues})"/>
    public FilmStamp Film(PixelSize frames, Frame first, Func<Frame, StampValues> values) => new(frames, Settings, Logo, first, values);

    /// <summary>Takes over what was stored.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await settings.LoadAsync(cancellationToken, stored => stored is { Template: not null, Style: not null }).ConfigureAwait(false);
        if (await store.LoadAsync<StoredLogo>(LogoKey, cancellationToken).ConfigureAwait(false) is { Png: { } png } && StampLogo.Check(png) is null)
        {
            logo = png;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Demand(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        caller.Demand(Permission.Capture);
    }
}
