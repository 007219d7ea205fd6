using System.Diagnostics;
using PiCam.Tests.Fixtures;
using PiCam.Tests.Rig;
using Xunit;

namespace PiCam.Tests.Hardware.Lines;

/// <summary>Pins are switched on a real kernel only; with each library that there may be, and with none.</summary>
public sealed class GpioLineTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("none")]
    public async Task Switch_OnARealKernelWithOneLibraryOrNone_SwitchesOrSaysWhatToInstall(string installed)
    {
        var script = Path.Combine(SourceTree.Root, "PiCam.Tests", "Rig", "gpiod.sh");
        using var where = Process.Start(new ProcessStartInfo(script, ["--where"]) { RedirectStandardOutput = true })!;
        var folder = (await where.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim();
        Assert.True(Directory.Exists(folder), $"There is no {folder}; PiCam.Tests/Rig/gpiod.sh makes it.");

        await RigMachine.RunTestsAsync(
            typeof(GpioLineInRig), TimeSpan.FromSeconds(240), $"LD_LIBRARY_PATH={Path.Combine(folder, installed)}", $"{GpioLineInRig.Installed}={installed}");
    }
}
