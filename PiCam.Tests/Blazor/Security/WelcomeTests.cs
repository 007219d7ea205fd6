using System.Security.Claims;
using Microsoft.Extensions.Time.Testing;
using PiCam.Blazor.Security;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

/// <summary>How often the database is asked for whoever has a stream open.</summary>
public sealed class WelcomeTests : IPrincipalCheck
{
    private readonly FakeTimeProvider time = new();
    private readonly Welcome welcome;
    private bool current = true;
    private int asked;
    private long writes;

    public WelcomeTests() => welcome = new Welcome(new ClaimsPrincipal(), this, () => writes, time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Task<bool> IsCurrentAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var answer = Task.FromResult(Volatile.Read(ref current));
        Interlocked.Increment(ref asked);
        return answer;
    }

    [Fact]
    public async Task IsStill_AskedManyTimes_AsksOnceAndAfterEachWriteAndEveryFiveSeconds()
    {
        await AskForAsync(TimeSpan.FromSeconds(4));
        Assert.Equal(1, asked);

        writes++;
        await AskForAsync(TimeSpan.FromSeconds(4));
        Assert.Equal(2, asked);

        await AskForAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task IsStill_Dismissed_IsNoMore_AndNobodyIsAskedAgain()
    {
        Assert.True(await welcome.IsStillAsync(Token));
        current = false;
        time.Advance(Welcome.CheckInterval);
        Assert.True(await welcome.IsStillAsync(Token));
        writes++;
        Assert.False(await welcome.IsStillAsync(Token));

        current = true;
        writes++;
        time.Advance(Welcome.CheckInterval);
        Assert.False(await welcome.IsStillAsync(Token));
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task WhenOver_LinkRunsOutByItself_EndsWithNoWriteAtAll()
    {
        var over = welcome.WhenOverAsync(Token);
        await AdvanceUntilAsync(() => asked == 1);
        current = false;
        await AdvanceUntilAsync(() => over.IsCompleted);

        await over;
        Assert.Equal(2, asked);
    }

    private Task AdvanceUntilAsync(Func<bool> condition) => Eventually.TrueAsync(
        () =>
        {
            time.Advance(TimeSpan.FromSeconds(0.25));
            return condition();
        },
        "the clock is far enough on",
        Token);

    private async Task AskForAsync(TimeSpan span)
    {
        for (var left = span; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(0.5))
        {
            Assert.True(await welcome.IsStillAsync(Token));
            time.Advance(TimeSpan.FromSeconds(0.5));
        }
    }
}
