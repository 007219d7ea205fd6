namespace PiCam.Core.Packets;

/// <summary>What goes out to one viewer next.</summary>
/// <param name="Number">Counts this viewer's own from 1; acknowledged by it.</param>
/// <param name="Header">What the packet needs to be decoded; another one than before: decoding begins anew.</param>
/// <param name="Packet">The picture.</param>
/// <param name="Rung">Of whose film it is, an index into <see cref="FilmRung.All"/>.</param>
public readonly record struct FilmPart(uint Number, FilmHeader Header, FilmPacket Packet, int Rung);
