namespace PiCam.Core.Packets;

/// <summary>What a decoder must know before the first packet.</summary>
/// <param name="Data">The MP4's <c>ftyp</c> and <c>moov</c>.</param>
/// <param name="Codec">As RFC 6381 writes it, such as <c>avc1.42C01F</c>.</param>
/// <param name="TimeScale">How many units of the fragments' times make a second.</param>
public sealed record FilmHeader(byte[] Data, string Codec, int TimeScale);
