using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Backups;
using PiCam.Blazor.Configuration;
using PiCam.Blazor.Data;
using PiCam.Core.Access;
using PiCam.Core.Cameras;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Backups;

/// <summary>A backup that names a camera, on a machine that has it and on one that has not.</summary>
public sealed class BackupCameraTests(ApiHost host) : BackupTests(host)
{
    private const string Sensor = "/base/soc/i2c0mux/i2c@1/ov5647@36";

    private PanelConfiguration Configuration => Host.Services.GetRequiredService<PanelConfiguration>();

    [Theory]
    [InlineData("libcamera", "Camera:Id", Sensor)]
    [InlineData("ffmpeg", "Camera:Path", "/dev/video7")]
    [InlineData("ffmpeg", "Camera:Path", "/dev/sda")]
    [InlineData("ffmpeg", "Camera:Path", "/dev/../proc/self/mem")]
    [InlineData("ffmpeg", "camera:path", "//sys/kernel/debug")]
    public async Task Restore_CameraThatIsNotHere_LeavesItOutNamesItAndRestoresTheRest(string source, string key, string value)
    {
        Configuration.File.Write(new Dictionary<string, string?> { ["Camera:Source"] = "simulated", ["Camera:Quality"] = "60" });
        var file = Pack(new() { ["Camera:Source"] = source, [key] = value, ["Camera:Quality"] = "70", ["Gimbal:Driver"] = "none" });

        var preview = await RestoreTo(new DetectedCamera(CameraSource.Webcam, "/dev/video0", "cam")).RestoreAsync(Caller.System, session: null, file, null, Token);
        Assert.Null(await Host.Services.GetRequiredService<StagedRestore>().ApplyAsync(Token));

        Assert.Equal(value, Assert.Single(preview.NotHere).To);
        Assert.Equal(["camera.quality", "gimbal.driver"], preview.Configuration.Select(change => change.Field));
        Assert.Equal(
            new Dictionary<string, string?> { ["Camera:Source"] = "simulated", ["Camera:Quality"] = "70", ["Gimbal:Driver"] = "none" }.OrderBy(pair => pair.Key),
            Configuration.Stored().OrderBy(pair => pair.Key));
    }

    [Theory]
    [InlineData("libcamera", "Camera:Id", Sensor)]
    [InlineData("ffmpeg", "Camera:Path", "/dev/video0")]
    [InlineData("ffmpeg", "Camera:Path", "rtsp://cam.lan/")]
    [InlineData("ffmpeg", "Camera:Path", "/home/ana/garden.mp4")]
    public async Task Restore_CameraThatIsHereOrIsNoDevice_TakesIt(string source, string key, string value)
    {
        Configuration.File.Write(new Dictionary<string, string?> { ["Camera:Source"] = "simulated" });
        var restore = RestoreTo(new(CameraSource.Webcam, "/dev/video0", "cam"), new(CameraSource.Libcamera, Sensor, "ov5647"));

        var preview = await restore.RestoreAsync(Caller.System, session: null, Pack(new() { ["Camera:Source"] = source, [key] = value }), null, Token);
        Assert.Null(await Host.Services.GetRequiredService<StagedRestore>().ApplyAsync(Token));

        Assert.Empty(preview.NotHere);
        Assert.Equal((source, value), (Configuration.Stored()["Camera:Source"], Configuration.Stored()[key]));
    }

    [Fact]
    public async Task Restore_CameraInUseThatIsUnpluggedJustNow_Stays()
    {
        var panel = new Dictionary<string, string?> { ["Camera:Source"] = "ffmpeg", ["Camera:Path"] = "/dev/video3" };
        Configuration.File.Write(panel);

        var preview = await RestoreTo().PreviewAsync(Callers.Administrator, Pack(panel), null, Token);

        Assert.Empty(preview.NotHere);
        Assert.Empty(preview.Configuration);
    }

    private BackupRestore RestoreTo(params DetectedCamera[] cameras) =>
        ActivatorUtilities.CreateInstance<BackupRestore>(Host.Services, new FakeCameraFinder(cameras));

    private byte[] Pack(Dictionary<string, string?> panel)
    {
        using var context = Host.Services.GetRequiredService<IDbContextFactory<PiCamDbContext>>().CreateDbContext();
        var manifest = new BackupManifest { Version = "9.9.9", Schema = context.Database.GetMigrations().Last() };
        return BackupArchive.Write(new BackupContent { Panel = panel }, manifest, passphrase: null);
    }
}
