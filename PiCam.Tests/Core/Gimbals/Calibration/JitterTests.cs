using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Calibration;
using PiCam.Tests.Blazor.Live;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Core.Gimbals.Calibration;

public sealed class JitterTests : IAsyncDisposable
{
    private readonly PanelContext panel = new();

    public ValueTask DisposeAsync() => panel.DisposeAsync();

    [Theory]
    [InlineData(5.0, 0.8, JitterVerdict.Trembles)]
    [InlineData(0.9, 0.8, JitterVerdict.Steady)]
    [InlineData(6.0, 6.0, JitterVerdict.SceneMoves)]
    [InlineData(12.0, 6.0, JitterVerdict.Trembles)]
    [InlineData(null, 1.0, JitterVerdict.NoPicture)]
    [InlineData(1.0, null, JitterVerdict.NoPicture)]
    public void Of_ComparesHeldWithFree(double? held, double? free, JitterVerdict expected) =>
        Assert.Equal(expected, JitterResult.Of(held, free).Verdict);

    /// <summary>A servo that trembles by one step of the chip, or none, in the picture of a fence.</summary>
    [Theory]
    [InlineData(10, JitterVerdict.Trembles)]
    [InlineData(0, JitterVerdict.Steady)]
    public async Task Run_LooksAtPicturesWithAndWithoutPulses(int tremble, JitterVerdict expected)
    {
        await panel.GoLiveAsync();
        using var calibrator = new Calibrator(
            panel.Gimbal, Options.Create(new GimbalOptions()), panel.Store, panel.Time, NullLogger<Calibrator>.Instance);
        calibrator.Begin(Callers.Administrator, Axis.Pan);
        calibrator.Nudge(Callers.Administrator, 10);
        var (one, other) = (Fence(0), Fence(tremble));
        var check = new JitterCheck(calibrator, panel.Session, panel.Time).RunAsync(Callers.Administrator, TestContext.Current.CancellationToken);

        var count = 0;
        await Eventually.TrueAsync(
            () =>
            {
                panel.Time.Advance(Gimbal.Step);
                panel.Camera.Send(calibrator.Holds(Axis.Pan) && count++ % 2 == 0 ? other : one);
                return check.IsCompleted;
            },
            "the check ends",
            TestContext.Current.CancellationToken);

        Assert.Equal(expected, (await check).Verdict);
        Assert.True((await check).Free < 0.1);
        panel.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(calibrator.Holds(Axis.Pan));
        calibrator.Cancel(Callers.Administrator);
    }

    private static byte[] Fence(int offset)
    {
        using var bitmap = new SKBitmap(1280, 720);
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { Color = SKColors.White };
        canvas.Clear(SKColors.DarkSlateGray);
        for (var x = 0; x < 1280; x += 160)
        {
            canvas.DrawRect(x + offset, 0, 80, 720, paint);
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }
}
