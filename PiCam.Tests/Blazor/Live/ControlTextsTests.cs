using System.Globalization;
using System.Resources;
using PiCam.Blazor.Resources;
using PiCam.Core.Cameras;
using PiCam.Core.Cameras.Controls;
using Xunit;

namespace PiCam.Tests.Blazor.Live;

/// <summary>The panel makes the names of these texts up from the control and the option, so no search in its source finds a missing one.</summary>
public sealed class ControlTextsTests
{
    public static TheoryData<string> Keys
    {
        get
        {
            var keys = new TheoryData<string>();
            foreach (var control in ControlTable.All)
            {
                keys.Add("Control." + control.Name);
            }

            Add<AeExposureMode>(ControlNames.AeExposureMode);
            Add<AeMeteringMode>(ControlNames.AeMeteringMode);
            Add<AeConstraintMode>(ControlNames.AeConstraintMode);
            Add<AeFlickerMode>(ControlNames.AeFlickerMode);
            Add<NoiseReductionMode>(ControlNames.NoiseReductionMode);
            Add<AfMode>(ControlNames.AfMode);
            Add<AfRange>(ControlNames.AfRange);
            Add<HdrMode>(ControlNames.HdrMode);
            return keys;

            void Add<T>(string control)
                where T : struct, Enum
            {
                foreach (var option in Enum.GetNames<T>())
                {
                    keys.Add($"Control.{control}.{option}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void ControlAndOption_HaveATextInBothLanguages(string key)
    {
        var texts = new ResourceManager(typeof(Texts));

        Assert.False(string.IsNullOrWhiteSpace(texts.GetString(key, CultureInfo.InvariantCulture)), key);
        Assert.False(string.IsNullOrWhiteSpace(texts.GetString(key, CultureInfo.GetCultureInfo("zh-Hans"))), key);
    }
}
