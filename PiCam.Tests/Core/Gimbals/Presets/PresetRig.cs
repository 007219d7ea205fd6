using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core.Gimbals;
using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Gimbals.Tours;
using PiCam.Tests.Blazor.Live;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Core.Gimbals.Presets;

/// <summary>Presets and tours over a session with a fake camera, a gimbal with fake servos, and a clock that the test moves.</summary>
internal sealed class PresetRig : IAsyncDisposable
{
    private readonly PanelContext panel = new();

    public PresetRig()
    {
        Presets = new PresetBook(Gimbal, panel.Session, panel.Store);
        Tours = new TourBook(panel.Store);
        Guide = new TourGuide(Gimbal, Presets, Tours, People, panel.Time, NullLogger<TourGuide>.Instance);
        Guide.StartAsync(CancellationToken.None);
    }

    public FakePrincipalCheck People { get; } = new();

    public PanelContext Panel => panel;

    public Gimbal Gimbal => panel.Gimbal;

    public PresetBook Presets { get; }

    public TourBook Tours { get; }

    public TourGuide Guide { get; }

    public static byte[] Picture(SKColor colour, int width = 640, int height = 360)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(colour);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }

    /// <summary>A book that starts anew on the same store, as after a restart.</summary>
    public async Task<PresetBook> RestartedAsync()
    {
        var book = new PresetBook(Gimbal, panel.Session, panel.Store);
        await book.StartAsync(TestContext.Current.CancellationToken);
        return book;
    }

    /// <summary>Turns there and waits for rest.</summary>
    public async Task TurnAsync(double pan, double tilt)
    {
        Gimbal.AbsoluteMove(Callers.Operator, pan, tilt);
        await UntilAsync(() => !Gimbal.Status.Moving, "the gimbal rests");
    }

    /// <summary>Lets time pass until the condition holds.</summary>
    public Task UntilAsync(Func<bool> condition, string what) => Eventually.TrueAsync(
        () =>
        {
            // Step by step, so that timers fire when they are due; several between two looks, as the looks are in real time.
            for (var i = 0; i < 15 && !condition(); i++)
            {
                panel.Time.Advance(Gimbal.Step);
            }

            return condition();
        },
        what,
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Guide.StopAsync(CancellationToken.None);
        Guide.Dispose();
        await panel.DisposeAsync();
    }
}
