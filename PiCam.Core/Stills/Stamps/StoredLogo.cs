namespace PiCam.Core.Stills.Stamps;

/// <summary>The logo as it is stored.</summary>
/// <param name="Png">Null: none.</param>
internal sealed record StoredLogo(byte[]? Png);
