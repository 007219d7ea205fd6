using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using PiCam.Blazor.Certificates;
using PiCam.Blazor.Security;
using PiCam.Blazor.Streams;
using PiCam.Core.Cameras.Controls;
using PiCam.Core.Gimbals;
using PiCam.Core.Lights;
using PiCam.Core.Media;
using PiCam.Hardware.Cameras;
using PiCam.Hardware.Network;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Architecture;

/// <summary>The README says what the program takes: its configuration table and its controls, against the code.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string[] NotFromOptions = ["PICAM_DATA", "urls"];

    private static string Readme => File.ReadAllText(Path.Combine(SourceTree.Root, "README.md"));

    [Fact]
    public void ConfigurationTable_HasEveryOptionAndItsDefaultAndNoOther()
    {
        var options = Options(CameraOptions.Section, new CameraOptions())
            .Concat(Options("Gimbal", new GimbalOptions()))
            .Concat(Options(LightOptions.Section, new LightOptions()))
            .Concat(Options(MediaOptions.Section, new MediaOptions()))
            .Concat(Options(NetworkOptions.Section, new NetworkOptions()))
            .Concat(Options(HttpsOptions.Section, new HttpsOptions()))
            .Concat(Options(StreamOptions.Section, new StreamOptions()))
            .Concat(Options(TargetOptions.Section, new TargetOptions()))
            .ToDictionary(option => option.Key, option => option.Value);
        var rows = Row().Matches(Readme).ToDictionary(row => row.Groups["key"].Value, row => row.Groups["default"].Value.Trim('`'));

        Assert.True(options.Count > 15, "The options classes were not found.");
        Assert.Equal(options.Keys.Concat(NotFromOptions).Order(), rows.Keys.Order());
        Assert.All(options, option => Assert.Equal((option.Key, option.Value), (option.Key, rows[option.Key])));
    }

    [Fact]
    public void Controls_AreAllNamed() =>
        Assert.All(ControlTable.All, control => Assert.Contains($"`{control.Name}`", Readme, StringComparison.Ordinal));

    private static IEnumerable<KeyValuePair<string, string>> Options(string section, object options)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var key = $"{section}:{property.Name}";
            var value = property.GetValue(options);
            if (value is AxisSettings axis)
            {
                foreach (var inner in Options(key, axis))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return KeyValuePair.Create(
                    key, value is null or System.Collections.ICollection { Count: 0 } ? "none" : Convert.ToString(value, CultureInfo.InvariantCulture)!);
            }
        }
    }

    [GeneratedRegex(@"^\| `(?<key>[A-Za-z_:]+)` \| [^|]*\((?<default>[^()|]*)\) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
