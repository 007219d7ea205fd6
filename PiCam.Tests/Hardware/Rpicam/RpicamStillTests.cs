using PiCam.Core.Cameras;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.Rpicam;

/// <summary>Stills by rpicam-still, while rpicam-vid rests; both scripted.</summary>
public sealed class RpicamStillTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Capture_Largest_IsTheWholeSensorWithWhatItSaysAndTheStreamComesBack()
    {
        using var rpicam = new FakeRpicam();
        await using var reading = await ReadingStream.OpenAsync(rpicam.Camera);
        Assert.Equal((new PixelSize(2592, 1944), true), (reading.Stream.Capabilities.StillSize, reading.Stream.Capabilities.StillPausesStream));

        var still = await reading.Stream.CaptureAsync(new StillRequest(Quality: 60), Token);

        using var picture = SKBitmap.Decode(still.Jpeg);
        Assert.Equal((2592, 1944, 2592, 1944), (still.Width, still.Height, picture.Width, picture.Height));
        Assert.Equal(
            (TimeSpan.FromMicroseconds(9_994), 2, new ColourGains(1.9, 1.4), 400.5),
            (still.Metadata.ExposureTime, still.Metadata.AnalogueGain, still.Metadata.ColourGains, still.Metadata.Lux));
        await reading.GoesOnAsync();
        var arguments = Assert.Single(rpicam.Stills);
        Assert.Contains("--timeout=1500", arguments);
        Assert.Contains("--quality=60", arguments);
        Assert.Contains("--mode=2592:1944:10:P", arguments);
        Assert.Equal(2, rpicam.Starts.Count);
        Assert.True(reading.Stream.RestartGap > TimeSpan.Zero);
    }

    [Fact]
    public async Task Capture_EverythingFixed_IsTakenAtOnceWithTheSameControls()
    {
        using var rpicam = new FakeRpicam();
        await using var reading = await ReadingStream.OpenAsync(rpicam.Camera);
        await reading.Stream.ApplyAsync(
            new CameraControls
            {
                ExposureTime = TimeSpan.FromMilliseconds(100),
                FrameRate = 20,
                AnalogueGain = 4,
                ColourGains = new(1.5, 1.25),
                Rotation = Rotation.Rotate180,
            },
            2,
            Token);

        var still = await reading.Stream.CaptureAsync(new StillRequest(new(801, 601)), Token);

        // The program makes even sizes only.
        Assert.Equal((800, 600, 2), (still.Width, still.Height, still.Metadata.ControlsVersion));
        Assert.Equal(
            (TimeSpan.FromMilliseconds(50), 4, new ColourGains(1.5, 1.25)),
            (still.Metadata.ExposureTime, still.Metadata.AnalogueGain, still.Metadata.ColourGains));
        var arguments = Assert.Single(rpicam.Stills);
        Assert.Superset(
            new HashSet<string> { "--immediate", "--shutter=50000", "--gain=4", "--awbgains=1.5,1.25", "--hflip", "--vflip", "--width=800", "--height=600" },
            arguments.ToHashSet());
        Assert.DoesNotContain(arguments, a => a.StartsWith("--framerate", StringComparison.Ordinal) || a.StartsWith("--timeout", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("old=1")]
    public async Task Capture_WithALoan_IsTakenByItAndTheStreamIsNot(string script)
    {
        using var rpicam = new FakeRpicam(script);
        await using var reading = await ReadingStream.OpenAsync(rpicam.Camera);
        await reading.Stream.ApplyAsync(new CameraControls { ExposureTime = TimeSpan.FromMilliseconds(8) }, 2, Token);

        var lent = await reading.Stream.CaptureAsync(
            new StillRequest(new(640, 480)) { Loan = new() { ExposureTime = TimeSpan.FromMilliseconds(16), AnalogueGain = 2 } }, Token);

        Assert.Equal((16, 2, 2), (lent.Metadata.ExposureTime!.Value.TotalMilliseconds, lent.Metadata.AnalogueGain!.Value, lent.Metadata.ControlsVersion));
        var after = await reading.Stream.CaptureAsync(new StillRequest(new(640, 480)), Token);
        Assert.Equal(8, after.Metadata.ExposureTime!.Value.TotalMilliseconds);
    }

    [Fact]
    public async Task Capture_OldProgram_GetsNoOptionThatItLacks()
    {
        using var rpicam = new FakeRpicam("old=1");
        await using var reading = await ReadingStream.OpenAsync(rpicam.Camera);
        await reading.Stream.ApplyAsync(new CameraControls { ExposureTime = TimeSpan.FromMilliseconds(8) }, 2, Token);

        var still = await reading.Stream.CaptureAsync(new StillRequest(new(640, 480)), Token);

        Assert.Equal((640, 480, TimeSpan.FromMilliseconds(8)), (still.Width, still.Height, still.Metadata.ExposureTime));
    }

    [Fact]
    public async Task Capture_NobodyWatches_StartsNothingElse()
    {
        using var rpicam = new FakeRpicam();
        await using var reading = await ReadingStream.OpenAsync(rpicam.Camera);
        await reading.Stream.SetEncodingAsync(false, Token);
        await Eventually.TrueAsync(() => rpicam.Processes.Count == 0, "rpicam-vid rests", Token);

        Assert.True((await reading.Stream.CaptureAsync(new StillRequest(new(640, 480)), Token)).HasPicture);

        Assert.Single(rpicam.Starts);
        Assert.Empty(rpicam.Processes);
    }

    [Fact]
    public async Task Capture_ProgramCannot_SaysWhyAndTheStreamComesBack()
    {
        using var rpicam = new FakeRpicam("still=fail");
        await using var reading = await ReadingStream.OpenAsync(rpicam.Camera);

        var failed = await Assert.ThrowsAsync<StillFailedException>(() => reading.Stream.CaptureAsync(new StillRequest(), Token));

        Assert.Equal("still.failed", failed.Reason.Code);
        Assert.Contains("failed to start camera", failed.Message, StringComparison.Ordinal);
        await reading.GoesOnAsync();
    }

    [Fact]
    public async Task Capture_NotInstalled_SaysHowToGetItAndStopsNothing()
    {
        using var rpicam = new FakeRpicam();
        rpicam.RemoveStill();
        await using var reading = await ReadingStream.OpenAsync(rpicam.Camera);

        var failed = await Assert.ThrowsAsync<StillFailedException>(() => reading.Stream.CaptureAsync(new StillRequest(), Token));

        Assert.Equal(StillFailure.ProgramMissing("rpicam-still"), failed.Reason);
        await reading.GoesOnAsync();
        Assert.Single(rpicam.Starts);
    }

    [Fact]
    public async Task Capture_Cancelled_LeavesNoProgramOfItsOwnAndTheStreamComesBack()
    {
        using var rpicam = new FakeRpicam("still=never");
        await using var reading = await ReadingStream.OpenAsync(rpicam.Camera);
        using var giveUp = new CancellationTokenSource();
        var capture = reading.Stream.CaptureAsync(new StillRequest(), giveUp.Token);
        await Eventually.TrueAsync(() => rpicam.Stills.Count == 1, "it is being taken", Token);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => capture);
        await reading.GoesOnAsync();
        Assert.Empty(rpicam.StillProcesses);
        Assert.Single(rpicam.Processes);
    }
}
