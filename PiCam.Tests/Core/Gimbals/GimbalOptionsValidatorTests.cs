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

        Assert.Contains("Gimbal:Pan:MinimumAngle (20°) must be below MaximumAngle (10°).", failures);
        Assert.Contains("Gimbal:Pan:MaximumSpeed (0°/s) must be above 0 and at most 1000°/s.", failures);
        Assert.Contains("Gimbal:Tilt:HomeAngle (100°) must lie between MinimumAngle (-90°) and MaximumAngle (90°).", failures);
        Assert.Contains(failures, f => f.StartsWith("Gimbal:Tilt:MaximumAcceleration (NaN", StringComparison.Ordinal));
    }
}
