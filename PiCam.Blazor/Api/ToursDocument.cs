using PiCam.Core.Gimbals.Tours;

namespace PiCam.Blazor.Api;

/// <param name="Tours">In the order in which they were made.</param>
/// <param name="Running">Null: none is under way.</param>
internal sealed record ToursDocument(IReadOnlyList<Tour> Tours, RunningTourDocument? Running);

/// <param name="Id">The tour's.</param>
/// <param name="Stop">Which of its stops it goes to or stays at, from 0.</param>
/// <param name="By">Who began it.</param>
internal sealed record RunningTourDocument(string Id, int Stop, string By)
{
    public static RunningTourDocument? From(RunningTour? running) =>
        running is null ? null : new RunningTourDocument(running.Tour.Id, running.Stop, running.By);
}
