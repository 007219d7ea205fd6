using System.Net;
using Microsoft.Extensions.Time.Testing;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

public sealed class GuessLimitTests
{
    private static readonly IPAddress Home = IPAddress.Parse("192.168.1.20");

    private readonly FakeTimeProvider time = new();
    private readonly FakeAudit audit = new();

    [Fact]
    public void Account_FiveAttemptsFromAnywhere_IsLockedForAMinuteThenForTwiceAsLongEachTime()
    {
        var limit = new GuessLimit(time, audit);
        foreach (var minutes in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            for (var i = 0; i < GuessLimit.Attempts; i++)
            {
                Assert.Null(limit.Begin("ana", IPAddress.Parse($"10.0.{minutes}.{i}")));
            }

            var wait = limit.Begin("ana", IPAddress.Parse("10.9.9.9"));
            Assert.NotNull(wait);
            Assert.Equal(minutes, wait.Value.TotalMinutes, 0.01);
            time.Advance(wait.Value);
        }
    }

    [Fact]
    public void Address_FiveAttemptsAtDifferentAccounts_IsLocked()
    {
        var limit = new GuessLimit(time, audit);
        for (var i = 0; i < GuessLimit.Attempts; i++)
        {
            Assert.Null(limit.Begin($"name {i}", Home));
        }

        Assert.NotNull(limit.Begin("another", Home));
        Assert.NotNull(limit.Begin("another", IPAddress.Parse("::ffff:192.168.1.20")));
        Assert.Null(limit.Begin("another", IPAddress.Parse("192.168.1.21")));
    }

    [Fact]
    public void Address_OfOneIpv6Network_IsOne()
    {
        var limit = new GuessLimit(time, audit);
        for (var i = 0; i < GuessLimit.Attempts; i++)
        {
            Assert.Null(limit.Begin($"name {i}", IPAddress.Parse($"2001:db8:1:2::{i + 1:x}")));
        }

        Assert.NotNull(limit.Begin("another", IPAddress.Parse("2001:db8:1:2:ffff::1")));
        Assert.Null(limit.Begin("another", IPAddress.Parse("2001:db8:1:3::1")));
    }

    [Fact]
    public void Success_ClearsTheAccountAndIsNoAttemptOfTheAddress()
    {
        var limit = new GuessLimit(time, audit);
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(limit.Begin("ana", Home));
            limit.Succeeded("ana", Home);
        }

        // One's own right password does not make up for four wrong ones of somebody else's.
        for (var i = 0; i < GuessLimit.Attempts - 1; i++)
        {
            Assert.Null(limit.Begin("bob", Home));
        }

        Assert.Null(limit.Begin("ana", Home));
        limit.Succeeded("ana", Home);
        Assert.Null(limit.Begin("ana", Home));
        Assert.NotNull(limit.Begin("ana", Home));
    }

    [Fact]
    public void Attempts_AMinuteApart_NeverLock()
    {
        var limit = new GuessLimit(time, audit);
        for (var i = 0; i < 50; i++)
        {
            Assert.Null(limit.Begin("ana", Home));
            time.Advance(TimeSpan.FromSeconds(16));
        }
    }

    [Fact]
    public void Failed_AttemptsThatLock_AreWrittenDownOncePerLockOut()
    {
        var limit = new GuessLimit(time, audit);
        var caller = new Caller("", "ana", Role.Guest, "");
        for (var lockout = 1; lockout <= 2; lockout++)
        {
            for (var i = 0; i < GuessLimit.Attempts; i++)
            {
                Assert.Null(limit.Begin("ana", IPAddress.Parse($"10.0.{lockout}.{i}")));
                limit.Failed(caller, "ana", IPAddress.Parse($"10.0.{lockout}.{i}"));
                Assert.Equal(i < GuessLimit.Attempts - 1 ? lockout - 1 : lockout, audit.Entries.Count);
            }

            limit.Failed(caller, "ana", IPAddress.Parse("10.0.9.9"));
            Assert.Equal(lockout, audit.Entries.Count);
            time.Advance(limit.Begin("ana", Home)!.Value);
        }

        for (var i = 0; i < GuessLimit.Attempts; i++)
        {
            limit.Begin($"name {i}", Home);
            limit.Failed(caller with { Name = "?" }, $"name {i}", Home);
        }

        Assert.Equal(["account", "account", "address"], audit.Entries.Select(entry => entry.Subject));
        Assert.All(audit.Entries, entry => Assert.Equal(AuditAction.LockedOut, entry.Action));
    }

    [Fact]
    public void Failed_FifthAttemptThatWasRight_IsNoLockOut()
    {
        var limit = new GuessLimit(time, audit);
        for (var i = 0; i < GuessLimit.Attempts - 1; i++)
        {
            limit.Begin("ana", Home);
            limit.Failed(Caller.System, "ana", Home);
        }

        Assert.Null(limit.Begin("ana", Home));
        limit.Succeeded("ana", Home);
        Assert.Empty(audit.Entries);
    }

    [Fact]
    public async Task Attempts_AllAtOnce_AreFive()
    {
        var limit = new GuessLimit(time, audit);
        var begun = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => limit.Begin("ana", Home))));
        Assert.Equal(GuessLimit.Attempts, begun.Count(wait => wait is null));
    }

    [Fact]
    public void Names_FromAHundredThousandStrangers_TakeBoundedMemory()
    {
        var limit = new GuessLimit(time, audit);
        for (var i = 0; i < 100_000; i++)
        {
            limit.Begin($"name {i}" + new string('x', 1000), new IPAddress(i));
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        // Of some hundred bytes each.
        Assert.InRange(limit.Held, 1, 10_001);
    }
}
