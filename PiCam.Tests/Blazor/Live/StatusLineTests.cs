using Bunit;
using PiCam.Blazor.Live;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Live;

public sealed class StatusLineTests : IAsyncDisposable
{
    private readonly PanelContext context = new();

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public async Task Patience_HasTheLengthOfThreePicturesThatAreAsked_AndNoneIsNeededWithoutALiveCamera()
    {
        var line = context.Render<StatusLine>(p => p
            .Add(c => c.Caller, new Caller("g", "gast", Role.Guest, "test"))
            .Add(c => c.Statistics, new ViewerStatistics(context.Time)));
        Assert.Null(line.Find(".state").GetAttribute("data-patience"));

        await context.GoLiveAsync();
        await PatienceAsync(2);
        await context.Session.UpdateAsync(Callers.Operator, asked => asked with { ExposureTime = TimeSpan.FromSeconds(0.4) });
        await PatienceAsync(3);
        await context.Session.UpdateAsync(Callers.Operator, asked => asked with { FrameRate = 0.5 });
        await PatienceAsync(8);

        Task PatienceAsync(int seconds) => line.WaitForAssertionAsync(
            () => Assert.Equal($"{seconds}", line.Find(".state").GetAttribute("data-patience")), TimeSpan.FromSeconds(30));
    }
}
