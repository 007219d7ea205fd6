using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using PiCam.Blazor.Api.Events;
using PiCam.Blazor.Security;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class EventStreamTests : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly FakeTimeProvider time = new();
    private readonly MemoryStream body = new();
    private int followers;
    private int number;
    private Action? told;

    private string Sent => Encoding.UTF8.GetString(body.ToArray());

    [Fact]
    public async Task Send_NothingChanges_IsSilentButForAHeartbeat()
    {
        await FollowAsync(async () =>
        {
            await Eventually.TrueAsync(() => Sent == "event: count\ndata: {\"number\":0}\n\n", "the state is told", TestContext.Current.CancellationToken);
            told!();
            await UntilAsync(() => Sent.EndsWith(":\n\n", StringComparison.Ordinal));

            Assert.Equal("event: count\ndata: {\"number\":0}\n\n:\n\n", Sent);
            Assert.True(time.GetUtcNow() - time.Start >= TimeSpan.FromSeconds(15), "The heartbeat comes too often.");
        });
    }

    [Fact]
    public async Task Send_ChangesWithinATick_TellsTheNewestOnly()
    {
        await FollowAsync(async () =>
        {
            await Eventually.TrueAsync(() => Sent.Length > 0, "the state is told", TestContext.Current.CancellationToken);
            for (number = 1; number < 9; number++)
            {
                told!();
            }

            await UntilAsync(() => Sent.Contains('9'));
            Assert.Equal("event: count\ndata: {\"number\":0}\n\nevent: count\ndata: {\"number\":9}\n\n", Sent);
        });
    }

    [Fact]
    public async Task Send_ReaderGoes_SubscribesNoMore()
    {
        await FollowAsync(() =>
        {
            Assert.Equal(1, followers);
            return Task.CompletedTask;
        });

        Assert.Equal(0, followers);
    }

    public void Dispose() => body.Dispose();

    private async Task UntilAsync(Func<bool> condition) => await Eventually.TrueAsync(
        () =>
        {
            time.Advance(Tick);
            return condition();
        },
        "it is told",
        TestContext.Current.CancellationToken);

    private async Task FollowAsync(Func<Task> meanwhile)
    {
        var source = new EventSource(
            "count",
            handler =>
            {
                followers++;
                told += handler;
            },
            handler =>
            {
                followers--;
                told -= handler;
            },
            () => new { Number = number });
        using var ending = new CancellationTokenSource();
        var context = new DefaultHttpContext();
        context.Response.Body = body;
        var sending = new EventStream(
            context, [source], new Welcome(context.User, new FakePrincipalCheck(), () => 0, time), time, JsonSerializerOptions.Web, ending.Token).SendAsync();
        await meanwhile();
        await ending.CancelAsync();
        await sending;
    }
}
