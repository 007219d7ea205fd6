using PiCam.Hardware.Simulated;
using Xunit;

namespace PiCam.Tests.Hardware.Simulated;

public sealed class SceneAnimationTests
{
    private readonly Scene scene = Scene.Instance;

    [Fact]
    public void Dispose_AfterMuchMoved_LeavesNothingOfItInTheHomeView()
    {
        var still = scene.TakeFront();
        uint[] before = [.. still.Texels];
        scene.ReturnFront(still);
        uint[] moved;
        using (var animation = new SceneAnimation(scene, TimeSpan.FromSeconds(10)))
        {
            for (var seconds = 0.0; seconds < 60; seconds += 3.7)
            {
                animation.Expose(seconds, 0.5, DateTimeOffset.UnixEpoch.AddSeconds(seconds));
            }

            moved = [.. animation.Texture.Texels];
            still = animation.Texture;
        }

        Assert.False(before.AsSpan().SequenceEqual(moved), "Something has moved.");
        Assert.True(before.AsSpan().SequenceEqual(still.Texels), "The view is as it was.");
    }

    [Fact]
    public void TakeFront_WhileAnotherHasIt_IsOneOfItsOwn()
    {
        var first = scene.TakeFront();
        var second = scene.TakeFront();

        Assert.NotSame(first, second);
        Assert.True(first.Texels.AsSpan().SequenceEqual(second.Texels), "Both show the same.");
        scene.ReturnFront(first);
    }
}
