using PiCam.Blazor.Configuration;
using PiCam.Blazor.StartUp;
using PiCam.Core.Gimbals;
using PiCam.Core.Lights;
using PiCam.Hardware.Cameras;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Configuration;

public sealed class PanelFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PanelFile file;

    public PanelFileTests() => file = new PanelFile(folder["panel.json"]);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_AllKinds_ReadsBackAndBelongsToTheOwnerAlone()
    {
        var values = new Dictionary<string, string?>
        {
            ["Camera:Width"] = "640",
            ["Lights:LedActiveLow"] = "True",
            ["Network:AllowedHosts:0"] = "cam.example",
            ["Network:AllowedHosts:1"] = "b.example",
        };

        file.Write(values);

        Assert.Equal(values.OrderBy(pair => pair.Key), file.Read().Where(pair => PanelKeys.Find(pair.Key) is not null).OrderBy(pair => pair.Key));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Path));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("not json")]
    [InlineData("{\"Camera\": {\"Width\": 1}, \"camera\": {\"width\": 2}}")]
    public void Read_WhatIsNoSettings_NamesTheFileInOneSentence(string text)
    {
        File.WriteAllText(file.Path, text);

        var refused = Assert.Throws<StartUpException>(file.Read);

        Assert.Contains(file.Path, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void UseLastGood_AfterSomethingElse_PutsItBackAndTheOtherAside()
    {
        file.Write(new Dictionary<string, string?> { ["Camera:Width"] = "640" });
        file.KeepLastGood();
        file.Write(new Dictionary<string, string?> { ["Camera:Width"] = "3" });
        Assert.True(file.HasOtherLastGood);

        file.UseLastGood();
        Assert.Equal("640", file.Read()["Camera:Width"]);
        Assert.Contains("3", File.ReadAllText(file.Path + ".refused"), StringComparison.Ordinal);

        file.UseRefused();
        Assert.Equal("3", file.Read()["Camera:Width"]);
    }

    [Fact]
    public void KeepLastGood_NoFile_IsTheUsualSettings()
    {
        file.KeepLastGood();
        file.Write(new Dictionary<string, string?> { ["Camera:Width"] = "3" });

        file.UseLastGood();

        Assert.Empty(file.Read());
    }

    [Fact]
    public void Keys_UsualValues_AreThoseOfTheOptions()
    {
        var options = new object[] { new CameraOptions(), new GimbalOptions(), new LightOptions() }.ToDictionary(one => one.GetType().Name[..^"Options".Length]);
        Assert.All(
            PanelKeys.All.Where(key => key.Kind != SettingKind.List),
            key =>
            {
                var parts = key.Name.Split(':');
                var section = options.GetValueOrDefault(parts[0]) ?? options[parts[0].TrimEnd('s')];
                Assert.Equal(
                    (key.Name, Convert.ToString(section.GetType().GetProperty(parts[1])!.GetValue(section), System.Globalization.CultureInfo.InvariantCulture)),
                    (key.Name, key.Usual ?? (section.GetType().GetProperty(parts[1])!.GetValue(section) is null ? "" : null)));
            });
    }

    [Theory]
    [InlineData("Camera:Helper")]
    [InlineData("Media:ExportFolders:0")]
    [InlineData("Stream:Listen")]
    [InlineData("Network:AllowedTargets:0")]
    [InlineData("PICAM_DATA")]
    [InlineData("urls")]
    [InlineData("Kestrel:Endpoints:Http:Url")]
    [InlineData("Network:AllowedHosts:x")]
    public void Find_WhatStaysWithTheConsole_IsNone(string key) => Assert.Null(PanelKeys.Find(key));

    [Theory]
    [InlineData("rtsp://ana:secret@cam.lan/live", "rtsp://***@cam.lan/***")]
    [InlineData("rtsp://ana:se/cr@et@cam.lan:554", "rtsp://***@cam.lan:554")]
    [InlineData("http://cam.lan?token=secret", "http://cam.lan/***")]
    [InlineData("http://cam.lan/", "http://cam.lan/")]
    [InlineData("/dev/video0", "/dev/video0")]
    [InlineData("/home/ana/garden.mp4", "/home/ana/garden.mp4")]
    public void Mask_LeavesSchemeAndHost(string address, string masked) => Assert.Equal(masked, SecretAddress.Mask(address));
}
