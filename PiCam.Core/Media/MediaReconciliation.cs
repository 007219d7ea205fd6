namespace PiCam.Core.Media;

/// <summary>What was put right between the library's files and its index when the panel started.</summary>
/// <param name="Leftovers">Unfinished files that were removed.</param>
/// <param name="Indexed">Files that were there without being in the index.</param>
/// <param name="Forgotten">Entries whose file had gone.</param>
/// <param name="Unreadable">Files that are left alone, because they are no whole picture.</param>
public sealed record MediaReconciliation(int Leftovers, int Indexed, int Forgotten, int Unreadable);
