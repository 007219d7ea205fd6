using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Optics;
using PiCam.Core.Stills;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Core.Stills;

public sealed class ExifFieldsTests
{
    [Fact]
    public void Of_Frame_SaysWhatTheCameraUsed()
    {
        var metadata = new FrameMetadata { ExposureTime = TimeSpan.FromMilliseconds(20), AnalogueGain = 1.26, LensPosition = 0.5 };
        var controls = new CameraControls { ExposureTime = TimeSpan.FromMilliseconds(20), AnalogueGain = 1.25, ColourTemperature = 5000, ExposureValue = 1 };

        var fields = ExifFields.Of(metadata, controls, FakeCamera.EveryControl);

        Assert.Equal(
            new ExifFields
            {
                ExposureTime = TimeSpan.FromMilliseconds(20),
                Iso = 126,
                Model = FakeCamera.EveryControl.Model,
                IsExposureAutomatic = false,
                IsWhiteBalanceAutomatic = false,
                LensPosition = 0.5,
            },
            fields);
    }

    [Fact]
    public void Of_ValuesThatMakeNoSense_AreNotKnown()
    {
        var metadata = new FrameMetadata { ExposureTime = TimeSpan.Zero, AnalogueGain = double.NaN, LensPosition = -1 };
        var capabilities = FakeCamera.EveryControl with { Model = "摄像头" };

        var fields = ExifFields.Of(metadata, CameraControls.Automatic with { ExposureValue = double.NaN }, capabilities);

        Assert.Equal(new ExifFields { IsExposureAutomatic = true, IsWhiteBalanceAutomatic = true }, fields);
    }

    /// <summary>Against the page's own arithmetic and against a decoder's names: TopLeft says where the first row and the first column go.</summary>
    [Fact]
    public void Orientation_EveryOne_TurnsAsThePageDoes()
    {
        var seen = new HashSet<int>();
        foreach (var rotation in Enum.GetValues<Rotation>())
        {
            foreach (var (horizontal, vertical) in new[] { (false, false), (true, false), (false, true), (true, true) })
            {
                var page = new Orientation(false, false, rotation, horizontal, vertical);
                var exif = ExifOrientation.Of(page);
                seen.Add(exif);

                var (row, column) = (page.ToPage(new PicturePoint(0.5, 0)), page.ToPage(new PicturePoint(0, 0.5)));
                Assert.Equal(((SKEncodedOrigin)exif).ToString(), Side(row) + Side(column));
            }
        }

        Assert.Equal(Enumerable.Range(1, 8), seen.Order());
    }

    private static string Side(PicturePoint point) => point switch
    {
        { V: < 0.1 } => "Top",
        { V: > 0.9 } => "Bottom",
        { U: < 0.1 } => "Left",
        _ => "Right",
    };
}
