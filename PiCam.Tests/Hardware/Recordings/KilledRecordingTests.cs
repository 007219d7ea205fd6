using System.Diagnostics;
using System.Globalization;
using PiCam.Core.Media;
using PiCam.Tests.Core.Recordings;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Recordings;

/// <summary>R7: kill -9 in the middle of a recording. This same test program, run again, records.</summary>
public sealed class KilledRecordingTests
{
    private const string FolderVariable = "PICAM_TEST_RECORDING";
    private const string SentFile = "sent";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_WhileRecording_AllButTheLastTwoSecondsCanBePlayed()
    {
        for (var round = 0; round < LongRun.Kills; round++)
        {
            using var folder = new TemporaryFolder();
            var data = folder["data"];
            await OwnProgram.KillAsync(
                typeof(KilledRecordingTests), nameof(Record), (FolderVariable, data), () => Sent(data) > TimeSpan.FromSeconds(2.5), "it records", TimeSpan.FromSeconds(2));

            await Eventually.TrueAsync(() => SystemProcess.WithArgument(Path.Combine(data, "media")).Count == 0, "ffmpeg has gone, too", Token);
            await using var rig = await RecordingRig.StartAsync(data, isWatched: false);
            var parts = rig.NewParts();
            await parts.LoadAsync(Token);
            await rig.Library.Library.ReconcileAsync(Token);
            Assert.Empty(await rig.Library.AllAsync());
            await parts.RescueAsync(Token);

            var item = Assert.Single(await rig.Library.AllAsync()).Item;
            var probe = await FilmProbe.ReadAsync(rig.File(item));
            Assert.Equal(MediaKind.Recording, item.Kind);
            Assert.InRange(item.Duration!.Value, Sent(data) - TimeSpan.FromSeconds(2), Sent(data) + TimeSpan.FromSeconds(0.1));
            Assert.InRange(probe.Frames, 1, int.MaxValue);
            Assert.Equal(item.Duration.Value.TotalSeconds, (await PacketProbe.TimesAsync(rig.File(item)))[^1], 0.1);
            Assert.Single(rig.Library.OnDisk());
        }
    }

    /// <summary>Not a test: what the test above kills.</summary>
    [Fact(Explicit = true)]
    public async Task Record()
    {
        var data = Environment.GetEnvironmentVariable(FolderVariable)!;
        await using var rig = await RecordingRig.StartAsync(data);

        // Which encoder to take is found out once; on a busy machine that alone takes seconds.
        Assert.Null(await rig.Encoder.FaultAsync(Token));
        rig.Recorder.Start(Callers.Operator);
        var watch = Stopwatch.StartNew();
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / 30));
        while (await pace.WaitForNextTickAsync(Token))
        {
            var time = watch.Elapsed;
            await rig.SendAsync([time]);
            await File.AppendAllTextAsync(Path.Combine(data, SentFile), string.Create(CultureInfo.InvariantCulture, $"{time.Ticks}\n"), Token);
        }
    }

    /// <summary>How much was recorded by now; zero: nothing.</summary>
    private static TimeSpan Sent(string data)
    {
        var file = Path.Combine(data, SentFile);
        var lines = File.Exists(file) ? File.ReadAllText(file).Split('\n') : [];

        // What is behind the last end of line may be half a number.
        return lines.Length < 2 ? TimeSpan.Zero : TimeSpan.FromTicks(long.Parse(lines[^2], CultureInfo.InvariantCulture));
    }
}
