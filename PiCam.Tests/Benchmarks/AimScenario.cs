using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Playwright;
using PiCam.Blazor.Live.Transports;
using PiCam.Core.Gimbals;
using PiCam.Hardware.Simulated;
using PiCam.Tests.Browser;

namespace PiCam.Benchmarks;

/// <summary>
/// From a move of the pointer on the joystick to the servo write that it causes, with the live page open. The clock starts before
/// the browser is told to move the pointer, so every figure holds the way to the browser as well.
/// </summary>
internal static class AimScenario
{
    private const int Samples = 100;

    public static async Task RunAsync(Figures figures)
    {
        StampedServo pan = null!;
        StampedServo tilt = null!;
        await using var panel = await BenchmarkPanel.StartAsync(services =>
        {
            services.RemoveAll<GimbalHardware>();
            services.AddSingleton(provider =>
            {
                var mount = provider.GetRequiredService<SimulatedMount>();
                pan = new StampedServo(new SimulatedServo(mount, Axis.Pan));
                tilt = new StampedServo(new SimulatedServo(mount, Axis.Tilt));
                return new GimbalHardware("stamped", pan, tilt, PulseRange.Widest);
            });
        });
        await using var chromium = new ChromiumFixture();
        var page = await panel.OpenPageAsync(await chromium.BrowserAsync(CancellationToken.None), TransportKind.Base64);
        var (resting, moving) = await MeasureAsync(page.Page, panel.Gimbal, pan, tilt);
        figures.Add("the gimbal at rest", resting, "ms");
        figures.Add("the gimbal moving", moving, "ms");
    }

    private static async Task<(List<double> Resting, List<double> Moving)> MeasureAsync(
        IPage page, Gimbal gimbal, StampedServo pan, StampedServo tilt)
    {
        var box = (await page.GetByLabel("Joystick").BoundingBoxAsync())!;
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        var (resting, moving) = (new List<double>(), new List<double>());
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        for (var i = -5; i < Samples; i++)
        {
            var way = (i % 2 == 0 ? 0.15f : -0.15f) * box.Width;
            while (gimbal.Status.Moving)
            {
                await Task.Delay(20);
            }

            await SpreadAsync();
            var first = await TimeAsync(page, pan, x + way, y);

            // The tilt servo has been told nothing so far: its first write is this move's.
            await SpreadAsync();
            var second = await TimeAsync(page, tilt, x + way, y - way);
            await page.Mouse.MoveAsync(x, y);

            // The first ones are the compiler's.
            if (i >= 0)
            {
                resting.Add(first);
                moving.Add(second);
            }
        }

        await page.Mouse.UpAsync();
        return (resting, moving);
    }

    private static async Task<double> TimeAsync(IPage page, StampedServo servo, float x, float y)
    {
        var write = servo.NextWriteAsync();
        var started = Stopwatch.GetTimestamp();
        await page.Mouse.MoveAsync(x, y);
        return Stopwatch.GetElapsedTime(started, await write).TotalMilliseconds;
    }

    // So that no move keeps step with the picture, the browser's frames or the stick's renewals.
    private static Task SpreadAsync() => Task.Delay(Random.Shared.Next(100, 350));
}
