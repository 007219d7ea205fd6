using Bunit;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Films;
using PiCam.Core.Access;
using PiCam.Core.Films;
using PiCam.Tests.Blazor.Live;
using PiCam.Tests.Core.Films;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Films;

public sealed class FilmPanelTests
{
    private static readonly Caller Ana = new("1", "ana", Role.Operator, "this page");

    private readonly FakeFilmEncoder encoder = new();

    [Fact]
    public async Task Panel_SettingsChosenAndFilmMade_ShowsProgressThenPlaysIt()
    {
        var release = new TaskCompletionSource();
        encoder.BeforeEnd = release.Task.WaitAsync;
        await using var rig = await FilmRig.StartAsync(encoder, 6);
        await using var panel = new PanelContext();
        var page = Render(panel, rig, Ana);
        page.WaitForAssertion(() => Assert.Contains("6 pictures → 0.2 s", page.Markup, StringComparison.Ordinal));

        await page.ChangeAsync("[aria-label='Frames per second']", "5");
        await page.ChangeAsync("[aria-label='Size']", "480");
        await page.ChangeAsync("input[type=checkbox]", true);
        Assert.Contains("6 pictures → 1.2 s", page.Markup, StringComparison.Ordinal);
        await page.ClickAsync("button.set");

        page.WaitForAssertion(() => Assert.Contains("6 of 6 pictures", page.Find(".work").TextContent, StringComparison.Ordinal));
        Assert.Equal(("6", "6"), (page.Find("progress").GetAttribute("value"), page.Find("progress").GetAttribute("max")));
        release.SetResult();
        page.WaitForAssertion(() => Assert.Equal($"/api/media/{rig.Maker.All[0].MediaId}/file", page.Find("video").GetAttribute("src")));
        Assert.Contains("1.2 s · 64×48", page.Find("figcaption").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("progress"));
        Assert.Equal(new FilmSettings { FramesPerSecond = 5, Height = 480, Deflicker = true }, rig.Maker.All[0].Settings);
    }

    [Fact]
    public async Task Panel_Cancelled_SaysThatAllPicturesAreThere()
    {
        encoder.BeforeEnd = token => Task.Delay(Timeout.Infinite, token);
        await using var rig = await FilmRig.StartAsync(encoder, 3);
        var film = await rig.MakeAsync();
        await rig.BecomesAsync(film.Id, FilmState.Making);
        await using var panel = new PanelContext();
        var page = Render(panel, rig, Ana);

        await page.ClickAsync($"[aria-label='Cancel the film {film.Name}']");

        page.WaitForAssertion(() => Assert.Contains("All pictures are still there", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(FilmState.Cancelled, rig.Maker.Find(film.Id).State);
    }

    [Fact]
    public async Task Panel_PicturesRemoved_CanBeBroughtBack()
    {
        await using var rig = await FilmRig.StartAsync(encoder, 3);
        await using var panel = new PanelContext();
        var page = Render(panel, rig, Ana);
        page.WaitForElement("button.set");
        await page.ActAsync(() => page.FindAll("input[type=checkbox]")[1], element => element.ChangeAsync(true));
        await page.ClickAsync("button.set");
        page.WaitForAssertion(() => Assert.Contains("3 pictures were deleted", page.Markup, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains("two pictures or more", page.Markup, StringComparison.Ordinal));

        await page.ActAsync(() => page.FindAll("button").Single(button => button.TextContent == "Undo"), undo => undo.ClickAsync(new()));

        page.WaitForAssertion(() => Assert.Contains("3 pictures → ", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("were deleted", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Panel_FilmFails_SaysWhy()
    {
        encoder.Lost = 1;
        await using var rig = await FilmRig.StartAsync(encoder, 3);
        await rig.OverAsync();
        await using var panel = new PanelContext();

        Assert.Contains("only 2 of its 3 pictures", Render(panel, rig, Ana).Find(".failed").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Panel_NoFfmpeg_SaysWhatToDoAndOffersNothing()
    {
        encoder.Fault = FilmFault.NoFfmpeg;
        await using var rig = await FilmRig.StartAsync(encoder, 3);
        await using var panel = new PanelContext();
        var page = Render(panel, rig, Ana);

        page.WaitForAssertion(() => Assert.Contains("sudo apt install ffmpeg", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("button"));
    }

    [Fact]
    public async Task Panel_ForAViewer_PlaysAndMakesNothing()
    {
        await using var rig = await FilmRig.StartAsync(encoder, 3);
        await rig.OverAsync();
        await using var panel = new PanelContext();
        var page = Render(panel, rig, Ana with { Role = Role.Viewer });

        page.WaitForElement("video");
        Assert.Empty(page.FindAll("button"));
    }

    private static IRenderedComponent<FilmPanel> Render(PanelContext panel, FilmRig rig, Caller caller)
    {
        panel.Services.AddSingleton(rig.Maker);
        panel.Services.AddSingleton(rig.Library.Library);
        return panel.Render<FilmPanel>(p => p.Add(c => c.Caller, caller).Add(c => c.Sequence, FilmRig.Run));
    }
}
