using Xunit;

namespace PiCam.Tests.Recipes;

/// <summary>Timed photos: pictures when the clock shows full quarters, seconds and so on, not whenever the program was started.</summary>
public sealed class TimedPhotosRecipeTests
{
    private const int Interval = 2;

    [Fact]
    public async Task TimedPhotos_AreTakenOnTheClock()
    {
        await using var recipe = await RecipePanel.StartAsync();

        var made = await recipe.CallAsync(
            "POST", "/api/timelapses", $$"""{"name":"timed","interval":{{Interval}},"aligned":true,"count":4,"size":"320x240","template":"{time:HH-mm-ss}"}""");
        var due = new HashSet<DateTimeOffset>();
        await recipe.UntilAsync($"/api/timelapses/{made["id"]!.GetValue<string>()}", lapse =>
        {
            if (lapse["nextAt"] is { } next)
            {
                due.Add(next.GetValue<DateTimeOffset>());
            }

            return lapse["state"]!.GetValue<string>() == "finished";
        });

        Assert.NotEmpty(due);
        Assert.All(due, at => Assert.Equal(0, at.TimeOfDay.TotalSeconds % Interval));
        var page = await recipe.CallAsync("GET", $"/api/media?sequence={made["sequence"]!.GetValue<string>()}");
        var taken = page["items"]!.AsArray().Select(item => item!["takenAt"]!.GetValue<DateTimeOffset>()).Order().ToList();
        Assert.Equal(4, taken.Count);

        // None before the clock shows its time: a multiple that was seen to be due has its picture after it, and none shares one.
        Assert.All(due, at => Assert.Contains(taken, picture => picture >= at));
        Assert.Equal(4, taken.Select(at => at.ToUnixTimeSeconds() / Interval).Distinct().Count());
    }
}
