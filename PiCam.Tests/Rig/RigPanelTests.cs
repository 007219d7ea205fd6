using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Rig;

public sealed class RigPanelTests
{
    /// <summary>The tests of <see cref="PanelInRig"/>, on a real kernel's I²C and with the panel's own command line.</summary>
    [Fact]
    public Task Panel_OnARealKernel_AimsByHttp() => RigMachine.RunTestsAsync(
        typeof(PanelInRig), TimeSpan.FromSeconds(300), $"{PanelProcess.PublishedVariable}={Environment.GetEnvironmentVariable(PanelProcess.PublishedVariable)}");
}
