using Microsoft.Extensions.Logging.Abstractions;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Broadcasts;
using PiCam.Core.Cameras;
using PiCam.Tests.Blazor.Live;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Broadcasts;

public sealed class BroadcastTests : IAsyncLifetime
{
    private const string Address = "rtsp://ana:secret@relay.example/porch";

    private readonly PanelContext panel = new();
    private readonly FakeBroadcaster broadcaster = new();
    private Broadcast broadcast = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await panel.Session.StartAsync(Token);
        broadcast = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await broadcast.StopAsync(CancellationToken.None);
        broadcast.Dispose();
        await panel.Session.StopAsync(CancellationToken.None);
        await panel.DisposeAsync();
    }

    [Fact]
    public async Task On_SendsUntilItIsOff_AndWantsTheCameraMeanwhileOnly()
    {
        var others = panel.Session.Frames.Subscribers;
        await broadcast.SetAsync(Callers.Administrator, s => s with { Address = Address, IsOn = true, Quality = 70 });
        await BecomesAsync(BroadcastCondition.Sending);

        Assert.Equal((Address, 70, "rtsp://relay.example"), (broadcaster.Address, broadcaster.Plan!.Quality, broadcast.Target));
        Assert.Equal(others + 1, panel.Session.Frames.Subscribers);
        await broadcast.SetAsync(Callers.Administrator, s => s with { IsOn = false });
        await BecomesAsync(BroadcastCondition.Off);
        Assert.Equal((1, others), (broadcaster.Attempts, panel.Session.Frames.Subscribers));
    }

    [Fact]
    public async Task Failing_SaysWhyAndTriesAgainLaterAndLater()
    {
        broadcaster.Fails = _ => new BroadcastFailedException(BroadcastFault.Failed("connection refused"));
        await broadcast.SetAsync(Callers.Administrator, s => s with { Address = Address, IsOn = true });
        var waits = new List<TimeSpan>();
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await Eventually.TrueAsync(
                () =>
                {
                    if (broadcast.State.Condition == BroadcastCondition.Waiting && broadcaster.Attempts < attempt)
                    {
                        panel.Time.Advance(Backoff.Longest);
                    }

                    panel.Camera.Send();
                    return broadcaster.Attempts == attempt && broadcast.State.Condition == BroadcastCondition.Waiting;
                },
                $"attempt {attempt} has failed",
                Token);
            waits.Add(broadcast.State.RetryAt!.Value - broadcast.State.Since);
        }

        Assert.Equal(BroadcastFault.Failed("connection refused"), broadcast.State.Fault);
        Assert.True(waits[4] > 3 * waits[0], string.Join(", ", waits));
        broadcaster.Fails = _ => null;
        await Eventually.TrueAsync(
            () =>
            {
                if (broadcast.State.Condition == BroadcastCondition.Waiting)
                {
                    panel.Time.Advance(Backoff.Longest);
                }

                panel.Camera.Send();
                return broadcast.State.Condition == BroadcastCondition.Sending;
            },
            "it is sent",
            Token);
        Assert.Null(broadcast.State.Fault);
    }

    [Fact]
    public async Task Privacy_EndsItAtOnceUntilTheCameraIsBack()
    {
        await broadcast.SetAsync(Callers.Administrator, s => s with { Address = Address, IsOn = true });
        await BecomesAsync(BroadcastCondition.Sending);

        await panel.Privacy.SetAsync(Callers.Operator, true);
        await BecomesAsync(BroadcastCondition.Connecting);
        await panel.Privacy.SetAsync(Callers.Administrator, false);
        await BecomesAsync(BroadcastCondition.Sending);

        Assert.Equal(2, broadcaster.Attempts);
    }

    [Fact]
    public async Task Refused_OrTheSameAgain_DoesNotInterruptIt()
    {
        await broadcast.SetAsync(Callers.Administrator, s => s with { Address = Address, IsOn = true });
        await BecomesAsync(BroadcastCondition.Sending);

        await Assert.ThrowsAsync<InvalidValueException>(() => broadcast.SetAsync(Callers.Administrator, s => s with { Quality = 0 }));
        await broadcast.SetAsync(Callers.Administrator, s => s with { IsOn = true });
        for (var frames = broadcaster.Frames; broadcaster.Frames < frames + 3;)
        {
            panel.Camera.Send();
            await Task.Yield();
        }

        Assert.Equal(1, broadcaster.Attempts);
    }

    [Fact]
    public async Task Settings_OutlastARestart()
    {
        await broadcast.SetAsync(Callers.Administrator, s => s with { Address = Address, IsOn = true });
        await broadcast.StopAsync(Token);
        broadcast.Dispose();

        broadcast = await StartAsync();

        await BecomesAsync(BroadcastCondition.Sending);
        Assert.Equal("rtsp://relay.example", broadcast.Target);
    }

    [Fact]
    public async Task S12_Nonsense_IsRefusedAndNeverQuoted()
    {
        var refused = await Assert.ThrowsAsync<InvalidValueException>(() => broadcast.SetAsync(Callers.Administrator, s => s with { Address = "file:///etc/passwd?key=secret" }));
        Assert.Equal(("address", "***"), (refused.Errors.Single().Field, refused.Errors.Single().Value));
        Assert.Equal("on", (await Assert.ThrowsAsync<InvalidValueException>(() => broadcast.SetAsync(Callers.Administrator, s => s with { IsOn = true }))).Errors.Single().Field);
        Assert.Equal("quality", (await Assert.ThrowsAsync<InvalidValueException>(() => broadcast.SetAsync(Callers.Administrator, s => s with { Quality = 0 }))).Errors.Single().Field);
        await Assert.ThrowsAsync<AccessRefusedException>(() => broadcast.SetAsync(Callers.Operator, s => s with { Address = Address }));
        Assert.Equal((null, false), (broadcast.Target, broadcast.IsOn));
    }

    private async Task<Broadcast> StartAsync()
    {
        var made = new Broadcast(panel.Session, broadcaster, panel.Store, panel.Time, NullLogger<Broadcast>.Instance);
        await made.StartAsync(Token);
        return made;
    }

    private Task BecomesAsync(BroadcastCondition condition) => Eventually.TrueAsync(
        () =>
        {
            if (panel.Session.State.Condition != CameraCondition.Private)
            {
                panel.Camera.Send();
            }

            return broadcast.State.Condition == condition;
        },
        $"it is {condition}",
        Token);
}
