using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;
using PiCam.Blazor.Library;
using PiCam.Blazor.Resources;
using PiCam.Core;
using PiCam.Core.Recordings;
using PiCam.Core.Stills;
using PiCam.Core.Stills.Stamps;
using PiCam.Core.Stills.Templates;

namespace PiCam.Blazor.Live.Stills;

/// <summary>What the camera and its pictures are called, and the stamp: its text with a preview, its place, its logo.</summary>
public sealed partial class StampControls : CameraControlComponent
{
    private static readonly double[] UsualHeights = [0.02, 0.035, 0.05, 0.08];

    private StampSettings settings = new();
    private string? draft;

    [Inject]
    private PictureStamp Stamp { get; set; } = default!;

    [Inject]
    private PictureContext Context { get; set; } = default!;

    [Inject]
    private StillCamera Stills { get; set; } = default!;

    [Inject]
    private Recorder Recorder { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    private string Draft => draft ?? settings.Template;

    private string Preview => StampTemplate.Check(Draft) is [var error, ..]
        ? T["InvalidValue", T["StampText"], error.Value, T.Say(error.Allowed)]
        : StampTemplate.Parse(Draft).Fill(Context.Newest);

    private IEnumerable<(string Value, string Text)> Corners =>
        Enum.GetNames<StampCorner>().Select(name => (name, T["Stamp" + name].Value));

    private IEnumerable<(string Value, string Text)> Heights => UsualHeights.Append(settings.Style.Height).Distinct().Order()
        .Select(height => (Number(height), string.Create(CultureInfo.InvariantCulture, $"{100 * height:0.#} %")));

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Follow(pulse => Stamp.Changed += pulse, pulse => Stamp.Changed -= pulse);
        Follow(pulse => Context.Name.Changed += pulse, pulse => Context.Name.Changed -= pulse);
        Follow(pulse => Stills.Changed += pulse, pulse => Stills.Changed -= pulse);
        Follow(pulse => Recorder.Changed += pulse, pulse => Recorder.Changed -= pulse);
        PulseEvery(Time, TimeSpan.FromSeconds(1), () => Stamp.Settings.IsOn || Recorder.Settings.IsStamped);
        ReadState();
    }

    protected override void ReadState()
    {
        base.ReadState();
        settings = Stamp.Settings;
    }

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);

    private Task SetAsync(Func<StampSettings, StampSettings> change) => Action.RunAsync(() => Stamp.SetAsync(Caller, change));

    private Task StyleAsync(Func<StampStyle, StampStyle> change) => SetAsync(s => s with { Style = change(s.Style) });

    private async Task KeepTemplateAsync(ChangeEventArgs e)
    {
        // What cannot be used stays in the field, to be mended; the preview says why.
        var text = (string?)e.Value ?? "";
        if (StampTemplate.Check(text).Count == 0)
        {
            await SetAsync(s => s with { Template = text });
            draft = null;
        }
    }

    private Task KeepLogoAsync(InputFileChangeEventArgs e) => Action.RunAsync(async () =>
    {
        if (e.File.Size > StampLogo.MostBytes)
        {
            throw new InvalidValueException(StampLogo.TooLarge(e.File.Size));
        }

        using var png = new MemoryStream();
        await using (var stream = e.File.OpenReadStream(StampLogo.MostBytes, Stopping))
        {
            await stream.CopyToAsync(png, Stopping);
        }

        await Stamp.SetLogoAsync(Caller, png.ToArray());
    }, Stopping);

    private Task RemoveLogoAsync() => Action.RunAsync(async () =>
    {
        var removed = Stamp.Logo;
        await Stamp.SetLogoAsync(Caller, null);
        Snackbar.OfferUndo(T, T["StampLogoRemoved"], () => Action.RunAsync(() => Stamp.SetLogoAsync(Caller, removed)));
    });
}
