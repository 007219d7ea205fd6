using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Blazor.Schedules;
using PiCam.Tests.Fixtures;

namespace PiCam.Tests.Browser;

/// <summary>A panel in Berlin on the day before the clock goes back. In years to come, since browsers drop what has expired by their own clock.</summary>
public sealed class ScheduleHost : ApiHost
{
    public ScheduleHost()
        : base(hasGimbal: true, new FrozenWall(DateTimeOffset.Parse(ScheduleExample.Now, null), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")))
    {
    }
}
