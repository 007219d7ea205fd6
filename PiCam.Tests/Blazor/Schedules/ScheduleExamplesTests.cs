using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Schedules;
using PiCam.Core.Clocks;
using PiCam.Core.Schedules;
using PiCam.Tests.Core.Schedules;
using Xunit;

namespace PiCam.Tests.Blazor.Schedules;

public sealed class ScheduleExamplesTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public static TheoryData<string> Examples => [.. ScheduleExample.All.Select(example => example.Json)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_SaysWhatHappensWhenInBothLanguages(string json)
    {
        var example = ScheduleExample.All.Single(one => one.Json == json);
        var (timing, task) = example.Read();
        var next = new ScheduleCalendar(timing, new Place(52.52, 13.4), Berlin).Between(DateTimeOffset.Parse(ScheduleExample.Now, null), DateTimeOffset.MaxValue, 3);

        Assert.Equal(
            (example.English, example.Chinese, example.Next),
            (Sentence("en"), Sentence("zh-Hans"), string.Join(' ', next.Select(at => at.ToString("yyyy-MM-dd'T'HH:mmzzz", CultureInfo.InvariantCulture)))));

        string Sentence(string language)
        {
            var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
            try
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(language);
                return new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider().GetRequiredService<IStringLocalizer<Texts>>()
                    .Sentence(new FakeScheduleWork(TimeProvider.System), timing, task);
            }
            finally
            {
                (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
            }
        }
    }

    [Fact]
    public void Examples_AreThirty() => Assert.Equal(30, ScheduleExample.All.Count);
}
