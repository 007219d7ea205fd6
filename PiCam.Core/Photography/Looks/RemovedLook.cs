namespace PiCam.Core.Photography.Looks;

/// <summary>What it takes to bring a removed look back.</summary>
/// <param name="Look">The look.</param>
/// <param name="Index">Where it stood among people's own.</param>
public sealed record RemovedLook(Look Look, int Index);
