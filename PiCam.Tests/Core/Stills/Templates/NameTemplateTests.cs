using System.Globalization;
using System.Text;
using CsCheck;
using PiCam.Core;
using PiCam.Core.Stills.Templates;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Stills.Templates;

public sealed class NameTemplateTests
{
    private static readonly NameValues Values = new("花园", "still", new DateTimeOffset(2026, 11, 3, 18, 5, 9, TimeSpan.FromHours(8)), 7);

    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "COM1", "COM9", "LPT1", "LPT9", "COM¹", "CONIN$"];

    private static readonly string[] Templates =
        ["{name}", "{kind}{name}", "{name} {counter:03}", "-{name}.", "{name}.{kind}", " {name}{time:HH:mm}{name} "];

    [Theory]
    [InlineData("image{counter:03}", "image007")]
    [InlineData("img{counter:03d}.jpg", "img007")]
    [InlineData("{name}-{kind}-{time:yyyy-MM-dd HH:mm:ss}", "花园-still-2026-11-03 18-05-09")]
    [InlineData("{time:yyyyMMdd}_{counter}", "20261103_7")]
    [InlineData("../../etc/passwd", "_.._etc_passwd")]
    [InlineData("a\\b/c:d*e?f\"g<h>i|j%k", "a_b_c-d_e_f_g_h_i_j_k")]
    [InlineData("-rf", "rf")]
    [InlineData(".hidden", "hidden")]
    [InlineData("end. . ", "end")]
    [InlineData("con", "_con")]
    [InlineData("NUL.txt", "_NUL.txt")]
    [InlineData("com1 .x", "_com1 .x")]
    [InlineData("console", "console")]
    [InlineData("...", "image")]
    [InlineData("a\u202Egpj.exe", "a_gpj.exe")]
    [InlineData("cafe\u0301", "café")]
    [InlineData("line\nline", "line_line")]
    public void Fill_Template_IsASafeName(string template, string expected) => Assert.Equal(expected, NameTemplate.Parse(template).Fill(Values));

    [Theory]
    [InlineData("{counter:000}{nmae}", "{nmae}")]
    [InlineData("{shutter}", "{shutter}")]
    [InlineData("{counter:x}", "{counter:x}")]
    [InlineData("image{", "image{")]
    public void Parse_WhatIsWrong_IsNamed(string template, string value) =>
        Assert.Equal($"\"{value}\"", Assert.Single(Assert.Throws<InvalidValueException>(() => NameTemplate.Parse(template)).Errors).Value);

    [Fact]
    public void HasCounter_SaysWhetherNamesDiffer()
    {
        Assert.True(NameTemplate.Parse("image{counter}").HasCounter);
        Assert.False(NameTemplate.Parse("image{time}").HasCounter);
    }

    [Fact]
    public void Fill_TooLong_KeepsTheCounter()
    {
        var template = NameTemplate.Parse("{name}{counter:03}-{name}-end");
        var names = Enumerable.Range(0, 1200).Select(i => template.Fill(Values with { Name = string.Concat(Enumerable.Repeat("鸟é", 60)), Counter = i })).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name => Assert.InRange(Encoding.UTF8.GetByteCount(name), 90, SafeFileName.LongestBytes));
    }

    [Fact]
    public void Fill_AnyValues_IsSafeOnEverySystem()
    {
        var text = Gen.String[Gen.OneOf(Gen.Char[" .-_/\\:*?\"<>|%~\u0301\u202E\u00A0\u3000鸟CONcon1é"], Gen.Char), 0, 60];
        using var folder = new TemporaryFolder();
        Gen.Select(
            Gen.OneOf(Templates.Select(Gen.Const).ToArray()),
            Gen.OneOf(text, Gen.OneOf(Devices.Select(Gen.Const).ToArray()), Gen.OneOf(Devices.Select(Gen.Const).ToArray()).Select(d => d.ToLowerInvariant() + ".txt")),
            text).Sample(
            (template, name, kind) =>
            {
                var filled = NameTemplate.Parse(template).Fill(Values with { Name = name, Kind = kind });

                Assert.InRange(Encoding.UTF8.GetByteCount(filled), 1, SafeFileName.LongestBytes);
                Assert.True(filled.IsNormalized(NormalizationForm.FormC));
                Assert.DoesNotContain(filled, c => char.IsControl(c) || "\\/:*?\"<>|%".Contains(c, StringComparison.Ordinal)
                    || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
                Assert.DoesNotContain(filled[0], "-. ");
                Assert.DoesNotContain(filled[^1], ". ");
                Assert.DoesNotContain(filled.Split('.')[0].TrimEnd().ToUpperInvariant(), Devices);
                Assert.Equal(filled, SafeFileName.Of(filled));
                Assert.Equal(filled + ".jpg", Path.GetFileName(Path.GetFullPath(filled + ".jpg", folder.Path)));
            },
            iter: LongRun.Count(2000) * 10);
    }

    [Fact]
    public void Of_LoneSurrogatesAndUnassigned_AreReplaced() => Assert.Equal("a_b_c", SafeFileName.Of("a\uD800b\uFFFFc"));
}
