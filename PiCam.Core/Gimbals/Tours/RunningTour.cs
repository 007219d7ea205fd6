namespace PiCam.Core.Gimbals.Tours;

/// <summary>The tour that is under way.</summary>
/// <param name="Tour">As it was when it began.</param>
/// <param name="Stop">Which of its stops it goes to or stays at, from 0.</param>
/// <param name="By">The name of who began it.</param>
public sealed record RunningTour(Tour Tour, int Stop, string By);
