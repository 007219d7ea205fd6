namespace PiCam.Core.Viewing;

/// <summary>One person or program that watches now, however many pages and streams they have open.</summary>
/// <param name="UserId">The user's or token's stable id.</param>
/// <param name="Name">The name other people see.</param>
/// <param name="Kinds">How they watch; one entry for each page and stream that is open, in the order in which they were opened.</param>
/// <param name="Since">When the oldest of these was opened.</param>
public sealed record Viewer(string UserId, string Name, IReadOnlyList<ViewerKind> Kinds, DateTimeOffset Since);
