using CsCheck;
using PiCam.Core.Photography;
using Xunit;

namespace PiCam.Tests.Core.Photography;

public sealed class ShutterSpeedTests
{
    [Theory]
    [InlineData(4000, "1/250 s")]
    [InlineData(4011, "1/249 s")]
    [InlineData(1000, "1/1000 s")]
    [InlineData(15625, "1/60 s")]
    [InlineData(31250, "1/30 s")]
    [InlineData(62500, "1/15 s")]
    [InlineData(80000, "1/13 s")]
    [InlineData(200000, "1/5 s")]
    [InlineData(500000, "0.5 s")]
    [InlineData(2500000, "2.5 s")]
    [InlineData(6000000, "6 s")]
    [InlineData(14, "1/71400 s")]
    public void Format_Microseconds_ReadsAsOnACamera(double microseconds, string expected) =>
        Assert.Equal(expected, ShutterSpeed.Format(TimeSpan.FromMicroseconds(microseconds)));

    [Theory]
    [InlineData("1/250", 4000)]
    [InlineData(" 1/250 s ", 4000)]
    [InlineData("0.5 s", 500000)]
    [InlineData("0,5", 500000)]
    [InlineData("6", 6000000)]
    [InlineData("20 ms", 20000)]
    [InlineData("800µs", 800)]
    [InlineData("2 秒", 2000000)]
    public void TryParse_WhatPeopleType_IsUnderstood(string text, double microseconds)
    {
        Assert.True(ShutterSpeed.TryParse(text, out var exposureTime));
        Assert.Equal(microseconds, exposureTime.TotalMicroseconds, 0.2);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("fast")]
    [InlineData("1/0")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1/2/3")]
    [InlineData("1e400")]
    [InlineData("NaN")]
    public void TryParse_Nonsense_IsRefused(string? text) =>
        Assert.False(ShutterSpeed.TryParse(text, out _));

    // The farthest apart that cameras print: everything up to 0.5 % above 1/32 is called 1/30, which is 7.2 % longer.
    [Fact]
    public void TryParse_WhatFormatWrote_IsTheSameToTheEye() =>
        Gen.Double[1e-5, 30].Sample(seconds =>
            ShutterSpeed.TryParse(ShutterSpeed.Format(TimeSpan.FromSeconds(seconds)), out var parsed)
            && Math.Abs((parsed.TotalSeconds / seconds) - 1) < 0.0725);
}
