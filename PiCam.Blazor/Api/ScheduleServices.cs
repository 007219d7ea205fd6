using Microsoft.Extensions.Localization;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Schedules;
using PiCam.Core.Schedules;

namespace PiCam.Blazor.Api;

/// <summary>What it takes to say what the schedule does.</summary>
/// <param name="Book">The entries.</param>
/// <param name="Work">Knows what things are called.</param>
/// <param name="Time">The panel's clock.</param>
/// <param name="Texts">In the language that the request asks for.</param>
internal sealed record ScheduleServices(ScheduleBook Book, IScheduleWork Work, TimeProvider Time, IStringLocalizer<Texts> Texts)
{
    public ScheduleDocument Entry(ScheduleEntry entry) => ScheduleDocument.From(entry, Book, Work, Texts);

    public ScheduledRunDocument Run(ScheduledRun run) => new(run.At, run.Entry.Id, Texts.Does(Work, run.Entry.Task));
}
