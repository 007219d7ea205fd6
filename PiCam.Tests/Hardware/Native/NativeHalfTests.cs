using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Frames;
using PiCam.Core.Frames.Sizes;
using PiCam.Hardware.Libcamera;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.Native;

/// <summary>picam-camera's second stream, on Debian's libcamera, whose virtual pipeline has one.</summary>
public sealed class NativeHalfTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Half_IsTheSamePictureAtHalfTheSize()
    {
        using var helper = new NativeHelper();
        var configured = await helper.ConfigureAsync(half: true);
        Assert.Equal([640, 360], Half(configured));
        Assert.Empty((await helper.NextAsync("FRAM")).Half);

        helper.Send("half", new JsonObject { ["on"] = true, ["quality"] = 75 });
        var frame = await helper.NextAsync("FRAM", m => m.Half.Length > 0);

        Assert.Equal((640, 360), (frame.HalfSize!.Value.Width, frame.HalfSize.Value.Height));
        using var whole = SKBitmap.Decode(frame.Data);
        using var half = SKBitmap.Decode(frame.Half);
        Assert.Equal((1280, 720, 640, 360), (whole.Width, whole.Height, half.Width, half.Height));
        for (var bar = 0; bar < 8; bar++)
        {
            var (expected, actual) = (whole.GetPixel((160 * bar) + 80, 200), half.GetPixel((80 * bar) + 40, 100));
            Assert.InRange(Math.Abs(expected.Red - actual.Red) + Math.Abs(expected.Green - actual.Green) + Math.Abs(expected.Blue - actual.Blue), 0, 12);
        }

        helper.Send("half", new JsonObject { ["on"] = false });
        await helper.NextAsync("FRAM", m => m.Half.Length == 0 && m.Data.Length > 0);
    }

    [Fact]
    public async Task Half_AfterAStill_GoesOn()
    {
        using var helper = new NativeHelper();
        await helper.ConfigureAsync(half: true);
        helper.Send("half", new JsonObject { ["on"] = true });
        await helper.NextAsync("FRAM", m => m.Half.Length > 0);

        helper.Send("still", new JsonObject { ["quality"] = 95 });
        var still = await helper.NextAsync("STIL");
        Assert.Empty(still.Half);
        await helper.NextAsync("FRAM", m => m.Half.Length > 0);
    }

    [Fact]
    public async Task Half_OfASizeThatThePipelineLacks_TheStreamGoesOnWithout()
    {
        using var helper = new NativeHelper();
        helper.Send("half", new JsonObject { ["on"] = true });

        Assert.Empty(Half(await helper.ConfigureAsync(640, 480, half: true)));

        using var picture = SKBitmap.Decode((await helper.NextAsync("FRAM")).Data);
        Assert.Equal((640, 480), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task Stamp_StandsInTheHalfPictureToo()
    {
        using var helper = new NativeHelper();
        await helper.ConfigureAsync(half: true);
        helper.Send("half", new JsonObject { ["on"] = true });
        helper.Send("stamp", new JsonObject
        {
            ["x"] = 100,
            ["y"] = 200,
            ["width"] = 64,
            ["height"] = 32,
            ["mask"] = Convert.ToBase64String(Enumerable.Repeat((byte)255, 64 * 32).ToArray()),
        });

        await helper.NextAsync("FRAM", m => m.Half.Length > 0 && NativeHelperTests.Brightness(m.Half, 66, 108) > 240);
        helper.Send("stamp", new JsonObject { ["mask"] = null });
        await helper.NextAsync("FRAM", m => NativeHelperTests.Brightness(m.Half, 66, 108) < 240);
    }

    [Fact]
    public async Task Ladder_OnTheRealHelper_PassesTheSecondStreamOn()
    {
        var camera = new LibcameraCamera(
            new LibcameraCameraOptions { Helper = NativeHelper.Executable }, TimeProvider.System, NullLogger<LibcameraCamera>.Instance);
        await using var running = await RunningSession.StartAsync(camera);
        using var sizes = new FrameSizes(running.Session, NullLogger<FrameSizes>.Instance);
        await sizes.StartAsync(Token);
        using var half = sizes[FrameSize.Half].Subscribe();
        using var quarter = sizes[FrameSize.Quarter].Subscribe();

        // The first ones may still be made here: the camera is told meanwhile.
        var copy = await PassedOnAsync().WaitAsync(TimeSpan.FromSeconds(30), Token);

        Assert.Equal((640, 360), (copy.Width, copy.Height));
        Assert.Equal(320, (await quarter.NextAsync(Token)).Width);
        await sizes.StopAsync(Token);

        async Task<Frame> PassedOnAsync()
        {
            while (true)
            {
                var copy = await half.NextAsync(Token);
                if (running.Session.Frames.Latest is { Half: { } second } && ReferenceEquals(second.Jpeg, copy.Jpeg))
                {
                    return copy;
                }
            }
        }
    }

    private static double[] Half(JsonElement configured) => configured.Numbers("half") ?? [];
}
