using PiCam.Core.Gimbals;
using Xunit;

namespace PiCam.Tests.Core.Gimbals;

public sealed class GimbalOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_Succeeds() =>
        Assert.True(new GimbalOptionsValidator().Validate(null, new GimbalOptions()).Succeeded);

    [Fact]
    public void Validate_SeveralMistakes_NamesEveryKey()
    {
        var options = new GimbalOptions
        {
            Pan = new() { MinimumAngle = 20, MaximumAngle = 10, HomeAngle = 15, MaximumSpeed = 0 },
            Tilt = new() { HomeAngle = 100, MaximumAcceleration = double.NaN },
        };

        var failures = new GimbalOptionsValidator().Validate(null, options).Failures!.ToList();

        Assert.Contains("Gimbal:Pan:MinimumAngle is 20°; allowed is less than 10°.", failures);
        Assert.Contains("Gimbal:Pan:MaximumSpeed is 0°/s; allowed is above 0°/s, at most 1000°/s.", failures);
        Assert.Contains("Gimbal:Tilt:HomeAngle is 100°; allowed is -90° to 90°.", failures);
        Assert.Contains(failures, f => f.StartsWith("Gimbal:Tilt:MaximumAcceleration is NaN", StringComparison.Ordinal));
    }
}
