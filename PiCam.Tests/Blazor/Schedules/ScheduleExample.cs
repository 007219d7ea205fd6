using PiCam.Blazor.Api;
using PiCam.Core.Schedules;
using System.Text;

namespace PiCam.Tests.Blazor.Schedules;

/// <summary>
/// Thirty entries, each as JSON, in a sentence in English and Chinese, and the next three times after noon of 26 October 2030 in Berlin, the
/// day before the clock goes back from 03:00 to 02:00.
/// </summary>
internal sealed record ScheduleExample(string Json, string English, string Chinese, string Next)
{
    public const string Now = "2030-10-26T12:00:00+02:00";

    public static IReadOnlyList<ScheduleExample> All { get; } =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Blazor", "Schedules", "examples.tsv")).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t')).Select(cells => new ScheduleExample(cells[0], cells[1], cells[2], cells[3])),
    ];

    public (ScheduleTiming Timing, ScheduleTask Task) Read() => ScheduleRequest.Read(JsonFields.Read(Encoding.UTF8.GetBytes(Json)));
}
