using PiCam.Core.Cameras;
using PiCam.Core.Frames;
using PiCam.Core.Gimbals;
using PiCam.Hardware.Simulated;
using PiCam.Tests.Hardware.Simulated;
using Xunit;

namespace PiCam.Tests.Recipes;

/// <summary>
/// "Capturing consistent images": ten pictures while the light in the scene drifts. A lamp far from the test card grows bright and
/// dark again; automatic exposure follows the whole picture, so the card, on which the light never changes, changes in the pictures.
/// With the look locked it must not.
/// </summary>
public sealed class ConsistentImagesRecipeTests
{
    private const int Pictures = 10;

    // Half of the lamp's period, so that a series sees at least half of its swing, wherever it begins.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1.2);

    private static readonly PixelSize Size = new(640, 480);

    [Fact]
    public async Task TenPictures_LightDrifts_AreAlikeOnlyWithTheLookLocked()
    {
        await using var recipe = await RecipePanel.StartAsync("--Camera:LampPeriod=24");

        var free = await SeriesAsync(recipe);
        await recipe.CallAsync("POST", "/api/look/lock");
        var look = await recipe.UntilAsync("/api/look", state => state["state"]!.GetValue<string>() == "locked");
        var locked = await SeriesAsync(recipe);

        Assert.NotNull(look["frozen"]!["exposureTime"]);
        Assert.True(Spread(free) > 0.10, $"Free: {Spread(free):P2} of {string.Join(", ", free.Select(b => $"{b:0.000}"))}");
        Assert.True(Spread(locked) < 0.01, $"Locked: {Spread(locked):P2} of {string.Join(", ", locked.Select(b => $"{b:0.000}"))}");
    }

    private static async Task<List<double>> SeriesAsync(RecipePanel recipe)
    {
        var brightness = new List<double>();
        for (var i = 0; i < Pictures; i++)
        {
            // The pause of the recipe itself: what is waited for is the light.
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
            var (_, file) = await recipe.TakeAsync($$"""{"size":"{{Size}}"}""");
            brightness.Add(CardBrightness(file));
        }

        return brightness;
    }

    private static double Spread(List<double> brightness) => (brightness.Max() - brightness.Min()) / brightness.Average();

    /// <summary>Mean linear green of the card's grey patches, as they are in the JPEG.</summary>
    private static double CardBrightness(byte[] jpeg)
    {
        var capabilities = Ov5647.Still(Size, 95);
        var frame = new Frame(jpeg, Size.Width, Size.Height, new FrameMetadata { ScalerCrop = capabilities.ScalerCropMaximum }, 0);
        var picture = new Picture(frame, capabilities, new PanTilt(0, 0));
        return Enumerable.Range(1, 4).Average(column => picture.Mean(TestCard.Centre(3, column), 4).Green);
    }
}
