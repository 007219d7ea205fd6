using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Time.Testing;
using PiCam.Blazor.Security;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

/// <summary>Who asks too often is told when to come again, and others are not held up.</summary>
public sealed class RequestRatesTests : IAsyncLifetime
{
    private readonly ApiHost host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Changes_TooOften_AreRefusedForThatCaller_WhoMayStillLook()
    {
        Assert.True(await FloodAsync(() => host.Operator.PostAsync("/api/gimbal/stop", content: null, Token), 3000) > 0);

        Assert.Equal(HttpStatusCode.OK, (await host.Operator.GetAsync("/api/gimbal", Token)).StatusCode);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await host.Administrator.PostAsync("/api/gimbal/stop", content: null, Token)).StatusCode);
    }

    [Fact]
    public async Task WhoWasRefused_IsServedAgain_WithoutAnybodyElseAskingMeanwhile()
    {
        Assert.True(await FloodAsync(() => host.Operator.PostAsync("/api/gimbal/stop", content: null, Token), 3000) > 0);

        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await host.Operator.PostAsync("/api/gimbal/stop", content: null, Token);
                return answer.StatusCode != HttpStatusCode.TooManyRequests;
            },
            "they are served again",
            TimeSpan.FromSeconds(60),
            Token);
    }

    [Fact]
    public void GroupWithoutRate_IsAnError()
    {
        var rates = new RequestRates(TimeProvider.System);
        var context = new DefaultHttpContext();
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new EnableRateLimitingAttribute("wrok")), "misspelt"));

        Assert.Contains("wrok", Assert.Throws<InvalidOperationException>(() => rates.CountForGroup(context)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Networks_WhoseRateIsWholeAgain_AreForgotten()
    {
        var clock = new FakeTimeProvider();
        var rates = new RequestRates(clock);
        for (var i = 0; i < 100; i++)
        {
            using var lease = rates.CountForNetwork(From(i));
        }

        Assert.Equal(100, rates.Held);
        var next = 100;
        await Eventually.TrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(10));
                using var lease = rates.CountForNetwork(From(next++));
                return rates.Held < 10;
            },
            "they are forgotten",
            Token);
    }

    [Fact]
    public void VeryManyNetworks_TakeLittleMemory_AndTheLastShareOneRate()
    {
        // A clock that stands still forgets nobody.
        var rates = new RequestRates(new FakeTimeProvider());
        var refused = 0;
        for (var i = 0; i < RequestRates.MostBuckets + 20_000; i++)
        {
            using var lease = rates.CountForNetwork(From(i));
            refused += lease.IsAcquired ? 0 : 1;
        }

        Assert.Equal(RequestRates.MostBuckets + 1, rates.Held);
        Assert.True(refused > 0);
        using var known = rates.CountForNetwork(From(0));
        Assert.True(known.IsAcquired);
    }

    [Fact]
    public async Task Work_TooOften_IsRefusedSooner()
    {
        var refused = await FloodAsync(
            () => host.Administrator.PostAsync("/api/backup/restore", new ByteArrayContent([1, 2, 3]), Token), 200);
        Assert.True(refused > 0);
        Assert.NotEqual(
            HttpStatusCode.TooManyRequests, (await host.Administrator.PutAsync("/api/camera/name", Json("{\"name\": \"door\"}"), Token)).StatusCode);
    }

    [Fact]
    public async Task WaysIn_TooOften_AreRefused()
    {
        Assert.True(await FloodAsync(() => host.Anonymous.GetAsync("/sign-in", Token), 2000) > 0);
        Assert.Equal(HttpStatusCode.OK, (await host.Anonymous.GetAsync("/healthz", Token)).StatusCode);
    }

    [Fact]
    public async Task OneNetwork_TooOften_IsRefusedBeforeAnybodyLooksWhoItIs()
    {
        using var stranger = host.Client("picam_not-one-of-yours");
        var refused = false;
        for (var asked = 0; asked < 40_000 && !refused; asked += 100)
        {
            await FloodAsync(() => stranger.GetAsync("/api/status", Token), 100);

            // Whose own rate is far from used up.
            using var answer = await host.Administrator.GetAsync("/api/place", Token);
            refused = answer.StatusCode == HttpStatusCode.TooManyRequests;
        }

        Assert.True(refused);
    }

    private static DefaultHttpContext From(int network)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = new IPAddress([0x20, 1, 0xd, 0xb8, 0, 0, (byte)(network >> 8), (byte)network, 0, 0, 0, 0, 0, 0, 0, 1]);
        return context;
    }

    /// <summary>Asks until one is refused; how many that were.</summary>
    private static async Task<int> FloodAsync(Func<Task<HttpResponseMessage>> ask, int most)
    {
        for (var asked = 0; asked < most; asked += 50)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ask()));
            var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
            foreach (var answer in refused)
            {
                Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1), "It says when to come again.");
            }

            foreach (var answer in answers)
            {
                answer.Dispose();
            }

            if (refused.Count > 0)
            {
                return refused.Count;
            }
        }

        return 0;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
