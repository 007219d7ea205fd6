using CsCheck;
using PiCam.Core;
using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;
using PiCam.Core.Stills.Templates;
using Xunit;

namespace PiCam.Tests.Core.Stills.Templates;

public sealed class StampTemplateTests
{
    private static readonly StampValues Values = StampValues.Of(
        "花园 Garden",
        new DateTimeOffset(2026, 11, 3, 18, 5, 9, 37, TimeSpan.FromHours(8)),
        new FrameMetadata { ExposureTime = TimeSpan.FromMilliseconds(4), AnalogueGain = 2, ColourTemperature = 5210.4 },
        new CameraControls { ExposureValue = -1 / 3d },
        new PanTilt(12.46, -3)) with
    { Counter = 7 };

    [Theory]
    [InlineData("{name} {time:yyyy-MM-dd HH:mm:ss} {shutter} {iso}", "花园 Garden 2026-11-03 18:05:09 1/250 s ISO 200")]
    [InlineData("{time}", "2026-11-03 18:05:09")]
    [InlineData("{time:yyyy年M月d日 h:mm tt}", "2026年11月3日 6:05 PM")]
    [InlineData("{time:ddd d MMM yy, HH:mm:ss.fff zzz}", "Tue 3 Nov 26, 18:05:09.037 +08:00")]
    [InlineData("{time:yyyy-MM-ddTHH}", "2026-11-03T18")]
    [InlineData("{ev} {temperature} {pan} {tilt}", "−0.3 EV 5210 K 12.5° −3.0°")]
    [InlineData("#{counter} {counter:000} {counter:03} {counter:03d}", "#7 007 007 007")]
    [InlineData("{{name}} is {name}}}", "{name} is 花园 Garden}")]
    [InlineData("one\r\ntwo\tthree", "one\ntwo three")]
    [InlineData("100 % <b>$(id)`\\", "100 % <b>$(id)`\\")]
    public void Fill_Template_SaysTheValues(string template, string expected) =>
        Assert.Equal(expected, StampTemplate.Parse(template).Fill(Values));

    [Fact]
    public void Fill_UnknownValues_AreDashes() => Assert.Equal(
        "– – – – – –",
        StampTemplate.Parse("{shutter} {iso} {ev} {temperature} {pan} {tilt}").Fill(new StampValues { Name = "", Time = default }));

    [Theory]
    [InlineData("{nmae}", "{nmae}", "{name}, {time}, {shutter}, {iso}, {ev}, {temperature}, {pan}, {tilt}, {counter}")]
    [InlineData("{Name}", "{Name}", "{name}")]
    [InlineData("{}", "{}", "{name}")]
    [InlineData("{iso:0}", "{iso:0}", "{iso}")]
    [InlineData("{time:HHx}", "{time:HHx}", "yyyy")]
    [InlineData("{time:}", "{time:}", "yyyy")]
    [InlineData("{time:yyy}", "{time:yyy}", "yyyy")]
    [InlineData("{counter:00a}", "{counter:00a}", "{counter:000}")]
    [InlineData("{counter:0000000000}", "{counter:0000000000}", "{counter:03}")]
    [InlineData("{name", "{name", "{name}")]
    [InlineData("name}", "name}", "{{ or }}")]
    [InlineData("{na{me}}", "{na{me}}", "{{ or }}")]
    [InlineData(" ", " ", "1 to 200")]
    public void Parse_WhatIsWrong_IsNamedWithWhatIsAllowed(string template, string value, string allowed)
    {
        var error = Assert.Throws<InvalidValueException>(() => StampTemplate.Parse(template)).Errors[0];

        Assert.Equal(("template", $"\"{value}\""), (error.Field, error.Value));
        Assert.Contains(allowed, error.Allowed.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SeveralErrors_AreAllNamed() =>
        Assert.Equal(2, Assert.Throws<InvalidValueException>(() => StampTemplate.Parse("{a} {name} {b}")).Errors.Count);

    [Fact]
    public void Parse_TooLong_IsRefused()
    {
        Assert.Equal(200, StampTemplate.Parse(new string('x', 200)).Fill(Values).Length);
        Assert.Throws<InvalidValueException>(() => StampTemplate.Parse(new string('x', 201)));
    }

    [Fact]
    public void Fill_NameWithLineEnds_MakesNoLines() =>
        Assert.Equal("a b c d", StampTemplate.Parse("{name}").Fill(Values with { Name = "a\nb\r\nc\u2028d" }));

    [Fact]
    public void ParseAndFill_AnyText_IsRefusedOrShortAndPlain() =>
        Gen.Select(Gen.String[Gen.OneOf(Gen.Char["{}:0nameti counterHMsyd"], Gen.Char), 1, 220], Gen.String).Sample((text, name) =>
        {
            try
            {
                var filled = StampTemplate.Parse(text).Fill(Values with { Name = name });
                Assert.InRange(filled.Length, 0, StampTemplate.LongestFilled);
                Assert.DoesNotContain(filled, c => char.IsControl(c) && c != '\n');
            }
            catch (InvalidValueException e)
            {
                Assert.All(e.Errors, error => Assert.Equal("template", error.Field));
            }
        });
}
