using Microsoft.Extensions.Time.Testing;
using PiCam.Core.Access;
using PiCam.Core.Viewing;
using Xunit;

namespace PiCam.Tests.Core.Viewing;

public sealed class ViewersTests
{
    private static readonly Caller Ana = new("1", "ana", Role.Viewer, "tab one");
    private static readonly Caller Bo = new("2", "bo", Role.Operator, "tab");

    private readonly FakeTimeProvider time = new();
    private readonly Viewers viewers;

    public ViewersTests() => viewers = new Viewers(time);

    [Fact]
    public void Enter_SamePersonTwice_IsOneViewerWithTwoKindsSinceTheFirst()
    {
        var began = time.GetUtcNow();
        using var first = viewers.Enter(Ana, ViewerKind.Page);
        time.Advance(TimeSpan.FromMinutes(1));
        using var bo = viewers.Enter(Bo, ViewerKind.Page);
        using var second = viewers.Enter(Ana with { Session = "tab two" }, ViewerKind.Stream);

        Assert.Equal(["ana", "bo"], viewers.Now.Select(v => v.Name));
        Assert.Equal([ViewerKind.Page, ViewerKind.Stream], viewers.Now[0].Kinds);
        Assert.Equal(began, viewers.Now[0].Since);
    }

    [Fact]
    public void Enter_TokenWithAPersonsName_IsAnotherViewer()
    {
        using var person = viewers.Enter(Ana, ViewerKind.Page);
        using var token = viewers.Enter(Ana with { UserId = "token:1" }, ViewerKind.Stream);

        Assert.Equal(["1", "token:1"], viewers.Now.Select(v => v.UserId));
    }

    [Fact]
    public void Dispose_TwiceOfOneOfTwo_LeavesTheOtherAndReportsOnce()
    {
        var first = viewers.Enter(Ana, ViewerKind.Page);
        using var second = viewers.Enter(Ana, ViewerKind.Page);
        var changes = 0;
        viewers.Changed += () => changes++;

        first.Dispose();
        first.Dispose();

        Assert.Equal(1, changes);
        Assert.Single(Assert.Single(viewers.Now).Kinds);
    }

    [Fact]
    public void HasPage_OfPagesNotOfPrograms_UntilFiveSecondsAfterTheLast()
    {
        using var program = viewers.Enter(Bo, ViewerKind.Stream);
        Assert.False(viewers.HasPage);

        var first = viewers.Enter(Ana, ViewerKind.Page);
        var second = viewers.Enter(Ana, ViewerKind.Page);
        first.Dispose();
        time.Advance(TimeSpan.FromMinutes(1));
        first.Dispose();
        Assert.True(viewers.HasPage);

        second.Dispose();
        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.True(viewers.HasPage);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.False(viewers.HasPage);
    }

    [Fact]
    public void Changed_Handler_SeesTheNewState()
    {
        var seen = new List<int>();
        viewers.Changed += () => seen.Add(viewers.Now.Count);

        viewers.Enter(Ana, ViewerKind.Page).Dispose();

        Assert.Equal([1, 0], seen);
    }

    [Fact]
    public async Task EnterAndLeave_FromManyThreads_LeaveNobody()
    {
        await Parallel.ForAsync(0, 200, TestContext.Current.CancellationToken, (i, _) =>
        {
            using var presence = viewers.Enter(i % 2 == 0 ? Ana : Bo, ViewerKind.Stream);
            Assert.NotEmpty(viewers.Now);
            return ValueTask.CompletedTask;
        });

        Assert.Empty(viewers.Now);
    }
}
