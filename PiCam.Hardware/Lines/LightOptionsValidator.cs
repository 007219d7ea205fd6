using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PiCam.Core.Gimbals;
using PiCam.Core.Lights;

namespace PiCam.Hardware.Lines;

/// <summary>Refuses lights that cannot work, with every reason at once, each naming its key.</summary>
/// <param name="gimbal">The section <c>Gimbal</c>: its pins are taken where its driver uses any.</param>
internal sealed class LightOptionsValidator(IConfigurationSection gimbal) : IValidateOptions<LightOptions>
{
    // The header's pins.
    private const int Highest = 27;

    // Of daylight in the open.
    private const double MostLux = 100_000;

    public ValidateOptionsResult Validate(string? name, LightOptions options)
    {
        var errors = new List<string>();
        Check("LedPin", options.LedPin);
        Check("LampPin", options.LampPin);
        if (options.LedPin is { } led && led == options.LampPin)
        {
            errors.Add($"Lights:LampPin is '{led}', as is Lights:LedPin; allowed is another pin.");
        }

        // Written so that NaN fails.
        if (!(options.LampOnBelow is > 0 and <= MostLux))
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"Lights:LampOnBelow is '{options.LampOnBelow}'; allowed is above 0, at most {MostLux} lux."));
        }

        if (!(options.LampOffAbove > options.LampOnBelow && options.LampOffAbove <= MostLux))
        {
            errors.Add(string.Create(
                CultureInfo.InvariantCulture, $"Lights:LampOffAbove is '{options.LampOffAbove}'; allowed is above Lights:LampOnBelow ({options.LampOnBelow}), at most {MostLux} lux."));
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Check(string key, int? pin)
        {
            if (pin is not { } number)
            {
                return;
            }

            if (number is < 0 or > Highest)
            {
                errors.Add($"Lights:{key} is '{number}'; allowed are 0 to {Highest}.");
            }
            else if (Servo(number) is { } servo)
            {
                errors.Add($"Lights:{key} is '{number}', as is Gimbal:{servo}; allowed is another pin.");
            }
        }
    }

    private string? Servo(int pin)
    {
        var usual = new GimbalOptions();
        return Pin(nameof(GimbalOptions.PanPin), usual.PanPin) == pin ? nameof(GimbalOptions.PanPin)
            : Pin(nameof(GimbalOptions.TiltPin), usual.TiltPin) == pin ? nameof(GimbalOptions.TiltPin)
            : null;
    }

    // As CameraSelection reads them: a driver that is named uses the usual pins, auto only those that are given.
    private int? Pin(string key, int usual) => gimbal[nameof(GimbalOptions.Driver)] switch
    {
        "pwm" or "software" or "auto" or null when gimbal[key] is { } text =>
            int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var given) ? given : null,
        "pwm" or "software" => usual,
        _ => null,
    };
}
