using PiCam.Blazor.Library;
using PiCam.Core.Media;
using Xunit;

namespace PiCam.Tests.Blazor.Library;

public sealed class TimelineTests
{
    private static readonly DateOnly Newest = new(2026, 11, 23);

    [Fact]
    public void Between_AnyTwoHeights_DrawsWhatLiesThereAndNoMoreThanARowBeside()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var (columns, row) = (random.Next(1, 9), random.Next(40, 300));
            var timeline = new Timeline([.. Enumerable.Range(0, random.Next(1, 40)).Select(n => new MediaDay(Newest.AddDays(-n), random.Next(1, 700)))], columns, row);
            var from = random.NextDouble() * timeline.Height;
            var to = from + random.Next(1, 3000);

            var drawn = timeline.Between(from, to).ToList();

            Assert.True(drawn[0].Top <= from && (drawn[^1].Top + drawn[^1].Height >= Math.Min(to, timeline.Height)), "Something is missing.");
            Assert.All(drawn, day =>
            {
                var (top, rows) = (day.Top + day.FirstTop, (day.Drawn + columns - 1) / columns);
                Assert.True(top <= Math.Max(from, day.Top + Timeline.HeadingHeight), "It begins too late.");
                Assert.True(top + (rows * row) >= Math.Min(to, day.Top + day.Height) - 0.001, "It ends too early.");
                Assert.InRange(rows * row, row, Math.Max(row, to - from + (2 * row)));
                Assert.Equal(0, day.First % columns);
                Assert.InRange(day.First + day.Drawn, 1, day.Count);
            });
        }
    }

    [Fact]
    public void Blocks_OfDaysOfAnySize_AreEverythingOnceInPagesThatTheLibraryGives()
    {
        var random = new Random(4);
        var days = Enumerable.Range(0, 300).Select(n => new MediaDay(Newest.AddDays(-n), random.Next(5) == 0 ? random.Next(150, 1000) : random.Next(1, 20))).ToList();
        var timeline = new Timeline(days, 5, 100);

        Assert.Equal(days.Sum(day => day.Count), timeline.Count);
        Assert.Equal(timeline.Count, timeline.Blocks.Sum(block => block.Count));
        var place = 0;
        foreach (var block in timeline.Blocks)
        {
            Assert.Equal(place, block.Place);
            Assert.InRange(block.Count, 1, MediaQuery.MostPerPage);
            var own = days.Where(day => day.Day >= block.FirstDay && day.Day <= block.LastDay).ToList();
            Assert.True(own.Count == 1 || own.Sum(day => day.Count) == block.Count, "Several days are whole ones.");
            place += block.Count;
        }
    }

    [Fact]
    public void BlocksOf_WhatIsDrawn_HaveEveryDrawnTile()
    {
        var timeline = new Timeline([.. Enumerable.Range(0, 50).Select(n => new MediaDay(Newest.AddDays(-n), (n * 37 % 400) + 1))], 4, 120);
        for (var height = 0.0; height < timeline.Height; height += 777)
        {
            var drawn = timeline.Between(height, height + 900).ToList();
            var blocks = timeline.BlocksOf(drawn).ToList();

            Assert.True(blocks[0].Place <= drawn[0].Place + drawn[0].First);
            Assert.True(blocks[^1].Place + blocks[^1].Count >= drawn[^1].Place + drawn[^1].First + drawn[^1].Drawn);
        }
    }

    [Fact]
    public void TopOf_ADayWithoutPictures_IsTheOneBeforeIt()
    {
        var timeline = new Timeline([new(Newest, 1), new(Newest.AddDays(-5), 1), new(Newest.AddDays(-9), 1)], 3, 100);

        Assert.Equal(0, timeline.TopOf(Newest.AddYears(1)));
        Assert.Equal(148, timeline.TopOf(Newest.AddDays(-2)));
        Assert.Equal(296, timeline.TopOf(Newest.AddDays(-9)));
        Assert.Equal(296, timeline.TopOf(Newest.AddYears(-1)));
        Assert.Equal(0, new Timeline([], 3, 100).TopOf(Newest));
        Assert.Empty(new Timeline([], 3, 100).Between(0, 1000));
    }
}
