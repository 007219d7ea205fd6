using PiCam.Core.Stills;

namespace PiCam.Blazor.Api.Events;

/// <summary>The single pictures that are on their way.</summary>
/// <param name="UnderWay">In the order in which they were asked for; <c>until</c> is the end of the self-timer, null while one is being taken.</param>
internal sealed record StillsDocument(IReadOnlyList<StillProgress> UnderWay)
{
    public static StillsDocument From(StillCamera stills) => new(stills.UnderWay);
}
