using PiCam.Blazor.Data;
using Xunit;

namespace PiCam.Tests.Blazor.Data;

public sealed class DatabaseWarmUpTests
{
    [Fact]
    public async Task Run_ReadsItsSample_AgainAndAgain()
    {
        var first = await DatabaseWarmUp.RunAsync();
        var second = await DatabaseWarmUp.RunAsync();

        Assert.Equal(DateTimeKind.Local, first?.Kind);
        Assert.Equal([1], second?.Counts);
    }
}
