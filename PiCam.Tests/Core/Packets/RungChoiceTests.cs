using PiCam.Core.Packets;
using Xunit;

namespace PiCam.Tests.Core.Packets;

/// <summary>One viewer's rung over a link of known speed, whose queue it fills itself.</summary>
public sealed class RungChoiceTests
{
    private static readonly TimeSpan FrameTime = TimeSpan.FromSeconds(1.0 / 30);
    private static readonly TimeSpan ThereAndBack = TimeSpan.FromMilliseconds(40);
    private static readonly int Top = FilmRung.All.Count - 1;

    private readonly RungChoice choice = new();
    private readonly Random random = new(1);
    private TimeSpan now;
    private TimeSpan free;
    private TimeSpan late;
    private int last = -1;
    private bool waits;

    [Theory]
    [InlineData(100_000_000, 5)]
    [InlineData(8_500_000, 5)]
    [InlineData(4_000_000, 4)]
    [InlineData(2_000_000, 3)]
    [InlineData(1_250_000, 2)]
    [InlineData(700_000, 1)]
    [InlineData(400_000, 0)]
    public void Rung_OverALinkOfThatSpeed_IsTheBestThatFits(int bitsPerSecond, int expected)
    {
        Run(TimeSpan.FromSeconds(20), bitsPerSecond);
        Dictionary<int, int> counts = [];
        for (var i = 0; i < 600; i++)
        {
            Run(TimeSpan.FromSeconds(0.1), bitsPerSecond);
            counts[choice.Rung] = counts.GetValueOrDefault(choice.Rung) + 1;
        }

        var most = counts.MaxBy(pair => pair.Value).Key;
        Assert.True(most == expected, $"It was mostly {most}: {string.Join(", ", counts.Select(pair => $"{pair.Key} {pair.Value} times"))}.");
    }

    [Theory]
    [InlineData(2_000_000)]
    [InlineData(1_200_000)]
    [InlineData(500_000)]
    public void Queue_OfASteadyLink_IsSeldomLong(int bitsPerSecond)
    {
        Run(TimeSpan.FromSeconds(30), bitsPerSecond);
        List<TimeSpan> queues = [];
        for (var i = 0; i < 1800; i++)
        {
            Run(FrameTime, bitsPerSecond);
            queues.Add(late);
        }

        var p95 = queues.Order().ElementAt(queues.Count * 95 / 100);
        Assert.True(p95 < TimeSpan.FromMilliseconds(250), $"Every twentieth packet is {p95.TotalMilliseconds:0} ms late.");
    }

    [Fact]
    public void Link_Recovers_TheBestIsBackWithinFiveSeconds()
    {
        foreach (var before in new[] { 300_000, 500_000, 2_000_000 })
        {
            Run(TimeSpan.FromSeconds(40), before);
            Assert.True(choice.Rung < Top);
            Run(TimeSpan.FromSeconds(5), 100_000_000);
            Assert.Equal(Top, choice.Rung);
            Run(TimeSpan.FromSeconds(20), 100_000_000);
        }
    }

    [Fact]
    public void Link_BecomesSlow_TheRungFallsWithinTwoSeconds()
    {
        Run(TimeSpan.FromSeconds(20), 100_000_000);
        Run(TimeSpan.FromSeconds(2), 1_000_000);
        Assert.True(choice.Rung <= Top - 2);
        Assert.Equal(TimeSpan.Zero, choice.Best);
    }

    /// <summary>All that was under way in the hiccup is acknowledged at once, and late.</summary>
    [Fact]
    public void OneHiccup_CostsOneStepOnly()
    {
        Run(TimeSpan.FromSeconds(20), 100_000_000);
        var sent = now;
        now += TimeSpan.FromMilliseconds(700);
        for (var i = 0; i < 9; i++)
        {
            choice.Acknowledged(now - sent - (i * FrameTime), 25_000, waits: true, now += TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(choice.Rung, Top - 2, Top);
        free = now;
        Run(TimeSpan.FromSeconds(5), 100_000_000);
        Assert.Equal(Top, choice.Rung);
    }

    [Fact]
    public void Best_OverAQuickLink_GrowsWithTime()
    {
        Run(TimeSpan.FromSeconds(20), 100_000_000);
        Assert.InRange(choice.Best.TotalSeconds, 10, 20);
    }

    [Fact]
    public void BusyBrowser_WithAQuickLink_DoesNotKeepTheRungLow()
    {
        for (var i = 0; i < 30 * 30; i++)
        {
            Send(100_000_000, TimeSpan.FromMilliseconds(random.Next(30)));
        }

        Assert.Equal(Top, choice.Rung);
    }

    private void Run(TimeSpan duration, int bitsPerSecond)
    {
        for (var end = now + duration; now < end;)
        {
            Send(bitsPerSecond, TimeSpan.FromMilliseconds(random.Next(6)));
        }
    }

    private void Send(int bitsPerSecond, TimeSpan jitter)
    {
        var rung = FilmRung.All[choice.Rung];
        var bytes = rung.BitRate / 8 / (30 / rung.Every) * (0.7 + (0.6 * random.NextDouble()));

        // A rung begins with a key frame, as large as the cap allows, and others come when asked for; and nothing is sent into a queue of a
        // quarter of a second.
        bytes = choice.Rung == last && !choice.TakeKeyWish(now) ? bytes : Math.Clamp(rung.BitRate / 7, 64_000, 320_000) / 8.0;
        last = choice.Rung;
        now += FrameTime * rung.Every;
        if (free > now + TimeSpan.FromMilliseconds(250))
        {
            waits = true;
            return;
        }

        free = (free > now ? free : now) + TimeSpan.FromSeconds(8 * bytes / bitsPerSecond);
        late = free - now;
        choice.Acknowledged(late + ThereAndBack + jitter, (int)bytes, waits, free + ThereAndBack);
        waits = false;
    }
}
