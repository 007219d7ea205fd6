using PiCam.Tests.Rig;
using Xunit;

namespace PiCam.Tests.Hardware.V4l2;

public sealed class WebcamTests
{
    /// <summary>The tests of <see cref="WebcamInRig"/>, on the real V4L2 of a kernel that has cameras.</summary>
    [Fact]
    public Task Webcam_OnARealKernel_StreamsObeysAndSurvivesUnplugging() =>
        RigMachine.RunTestsAsync(typeof(WebcamInRig), TimeSpan.FromSeconds(240));
}
