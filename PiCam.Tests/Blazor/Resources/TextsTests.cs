using System.Text.RegularExpressions;
using System.Xml.Linq;
using PiCam.Blazor.Backups;
using PiCam.Blazor.Configuration;
using PiCam.Blazor.Live.Transports;
using PiCam.Blazor.Resources;
using PiCam.Blazor.TimeLapses;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Boards;
using PiCam.Core.Cameras;
using PiCam.Core.Films;
using PiCam.Core.Gimbals;
using PiCam.Core.Lines;
using PiCam.Core.Media;
using PiCam.Core.Sequences;
using PiCam.Core.TimeLapses;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Resources;

/// <summary>Both languages say everything, and say it with the same blanks.</summary>
public sealed partial class TextsTests
{
    private static readonly string Panel = Path.Combine(SourceTree.Root, "PiCam.Blazor");

    private static readonly string[] ActionTexts = ["", "Question", "Means", "Begins"];
    private static readonly string[] VerdictTexts = ["Good", "BadNow", "WasBad"];

    public static TheoryData<string> English =>
        [.. Directory.GetFiles(Panel, "*.resx", SearchOption.AllDirectories)
            .Where(f => !f.Contains(".zh-Hans.", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Panel, f))];

    [Theory]
    [MemberData(nameof(English))]
    public void Keys_BothLanguages_AreEqualAndNotEmpty(string file)
    {
        var english = Read(file);
        var chinese = Read(Path.ChangeExtension(file, ".zh-Hans.resx"));

        Assert.NotEmpty(english);
        Assert.Equal(english.Keys.Order(), chinese.Keys.Order());
        Assert.All(english.Concat(chinese), text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));
        Assert.All(english, text => Assert.Equal(Blanks(text.Value), Blanks(chinese[text.Key])));
    }

    [Theory]
    [MemberData(nameof(English))]
    public void Chinese_EveryTextThatIsWords_IsWrittenInChinese(string file)
    {
        var chinese = Read(Path.ChangeExtension(file, ".zh-Hans.resx"));

        Assert.All(
            chinese.Where(text => text.Key != "OtherLanguage" && Words().IsMatch(Placeholder().Replace(text.Value, ""))),
            text => Assert.Matches(Han(), text.Value));
    }

    [Fact]
    public void Keys_UsedInCode_Exist()
    {
        var known = English.SelectMany(row => Read(row.Data).Keys).ToHashSet();
        var used = Directory.GetFiles(Panel, "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(f => Used().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
            .ToHashSet();
        var composed = Enum.GetNames<CameraCondition>().Select(n => "State" + n)
            .Concat(Enum.GetNames<Role>().Select(n => "Role" + n))
            .Concat(Enum.GetNames<TransportKind>().SelectMany(n => new[] { "Transport." + n, "TransportHint." + n }))
            .Concat(Enum.GetNames<AutoReason>().Select(n => "AutoReason." + n))
            .Concat(Enum.GetNames<BoardAction>().SelectMany(n => ActionTexts.Select(end => "Board" + n + end)))
            .Concat(VerdictTexts.SelectMany(end => new[] { "Supply" + end, "Speed" + end }))
            .Concat(Enum.GetNames<TimeLapseCondition>().Select(n => "TimeLapseState" + n))
            .Concat(Enum.GetNames<TimeLapseEnd>().Select(n => "TimeLapseEnd" + n))
            .Concat(Enum.GetNames<TimeLapseHours>().Select(n => "TimeLapseHours" + n))
            .Concat(Enum.GetNames<TimeLapseLook>().SelectMany(n => new[] { "TimeLapseLook" + n, "TimeLapseLookMeans" + n }))
            .Concat(Enum.GetNames<AwbMode>().Select(n => "Awb" + n))
            .Concat(PanelKeys.All.Select(key => "Control." + key.Field.Split('.')[1]))
            .Concat(typeof(ControlNames).GetFields().Select(f => "Control." + f.GetRawConstantValue()));

        Assert.NotEmpty(used);
        Assert.Empty(used.Concat(composed).Except(known));
    }

    [Fact]
    public void Reason_EveryOne_HasATextWithItsBlanksInBothLanguages()
    {
        var reasons = new[] { typeof(Allowed), typeof(BackupFault), typeof(BoardFault), typeof(CameraLoss), typeof(FilmFault), typeof(GimbalFault), typeof(LineFault), typeof(MediaFault), typeof(PanelKeys), typeof(SequenceFault), typeof(TimeLapseFault) }.SelectMany(ReasonsOf).ToList();
        var (english, chinese) = (Read("Resources/Texts.resx"), Read("Resources/Texts.zh-Hans.resx"));

        Assert.True(reasons.Count > 12, $"Only {reasons.Count} reasons.");
        Assert.All(reasons, reason =>
        {
            var blanks = Enumerable.Range(0, reason.Arguments.Count).Select(i => $"{{{i}}}");
            Assert.Equal(blanks, Blanks(english[ReasonTexts.Prefix + reason.Code]));
            Assert.Equal(blanks, Blanks(chinese[ReasonTexts.Prefix + reason.Code]));
        });
    }

    /// <summary>What a class of reasons can say, with a word for each argument.</summary>
    private static IEnumerable<Reason> ReasonsOf(Type type) =>
        type.GetProperties().Select(p => p.GetValue(null)).OfType<Reason>()
            .Concat(type.GetMethods().Where(m => m.ReturnType == typeof(Reason) && !m.IsSpecialName)
                .Select(m => (Reason)m.Invoke(null, [.. m.GetParameters().Select(p => p.ParameterType == typeof(int) ? (object)7 : p.Name!)])!));

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(Path.Combine(Panel, file)).Root!.Elements("data")
            .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);

    private static IEnumerable<string> Blanks(string text) => Placeholder().Matches(text).Select(m => m.Value).Order();

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"[A-Za-z]{4,}")]
    private static partial Regex Words();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    // T["Key"] and texts["Key"], whole literal keys only.
    [GeneratedRegex(@"(?:\bT|\btexts|\bTexts)\[""([A-Za-z.]+)""[\],]")]
    private static partial Regex Used();
}
