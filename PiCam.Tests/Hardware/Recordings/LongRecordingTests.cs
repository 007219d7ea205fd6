using System.Diagnostics;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Core.Recordings;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Recordings;

/// <summary>A recording of many parts, by this same test program in a process of its own: two minutes of film, thirty in a long run, as fast as they can be encoded.</summary>
public sealed class LongRecordingTests
{
    private const string FolderVariable = "PICAM_TEST_LONG_RECORDING";
    private const int Rate = 30;
    private const int PartSeconds = 10;

    private static readonly int Frames = (LongRun.Asked ? 30 : 2) * 60 * Rate;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recording_OfManyParts_LosesNoFrameAtAnySeamAndTakesNoMoreMemoryNorPrograms()
    {
        using var folder = new TemporaryFolder();
        var start = OwnProgram.Run(typeof(LongRecordingTests), nameof(Record));
        start.Environment[FolderVariable] = folder["data"];
        start.RedirectStandardOutput = true;
        using var program = Process.Start(start)!;
        var said = await program.StandardOutput.ReadToEndAsync(Token);
        await program.WaitForExitAsync(Token);
        Assert.True(program.ExitCode == 0, said);

        await using var rig = await LibraryRig.StartAsync(folder["data"], TimeProvider.System);
        var items = (await rig.AllAsync()).Select(entry => entry.Item).OrderBy(item => item.Name, StringComparer.Ordinal).ToList();
        Assert.Equal(Frames / Rate / PartSeconds, items.Count);
        foreach (var item in items)
        {
            var times = await PacketProbe.TimesAsync(Path.Combine(rig.Media, item.Path));
            Assert.Equal(PartSeconds * Rate, times.Count);
            Assert.All(times.Index(), frame => Assert.Equal(frame.Index / (double)Rate, frame.Item, 1e-3));
            Assert.Equal(PartSeconds, item.Duration!.Value.TotalSeconds, 1e-3);

            // To decode every frame of half an hour takes longer than to record it; each of them is a frame, says the count.
            if (item == items[0] || item == items[^1])
            {
                Assert.Equal(PartSeconds * Rate, (await FilmProbe.ReadAsync(Path.Combine(rig.Media, item.Path))).Frames);
            }
        }
    }

    /// <summary>Not a test: what the test above runs.</summary>
    [Fact(Explicit = true)]
    public async Task Record()
    {
        await using var rig = await RecordingRig.StartAsync(Environment.GetEnvironmentVariable(FolderVariable));
        await rig.Recorder.SetAsync(
            Callers.Operator, s => s with { PartLength = TimeSpan.FromSeconds(PartSeconds), PreRoll = TimeSpan.Zero, NameTemplate = "part {counter:0000}" });
        rig.Recorder.Start(Callers.Operator);
        long early = 0;
        for (var number = 0; number < Frames; number += Rate)
        {
            await rig.SendAsync(RecordingRig.Times(1 + (number / (double)Rate), Rate));

            // What the encoder has not taken yet waits in memory.
            await Eventually.TrueAsync(() => rig.Recorder.State.Frames > number - (5 * Rate), "the encoder follows", Token);
            Assert.InRange(SystemProcess.WithArgument(rig.Library.Media).Count, 0, 1);
            if (number == Frames / 4 / Rate * Rate)
            {
                early = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - early, long.MinValue, 16_000_000);
        await rig.StopAsync();
        Assert.Equal((Frames, 0), (rig.Recorder.State.Frames, rig.Recorder.State.Lost));
    }
}
