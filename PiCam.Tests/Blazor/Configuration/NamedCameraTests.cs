using PiCam.Blazor.Configuration;
using Xunit;

namespace PiCam.Tests.Blazor.Configuration;

public sealed class NamedCameraTests
{
    private static readonly PanelKey Path = new("Camera:Path", SettingKind.Text);

    [Theory]
    [InlineData("", false)]
    [InlineData("rtsp://cam.lan/live", false)]
    [InlineData("/home/ana/garden.mp4", false)]
    [InlineData("/dev/video0", true)]
    [InlineData("/home/../dev/video0", true)]
    public void IsMeant_APath_SaysWhetherItIsADevice(string value, bool isDevice) => Assert.Equal(isDevice, NamedCamera.IsMeant(Path, value));
}
