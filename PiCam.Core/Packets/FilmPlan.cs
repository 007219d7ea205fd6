using PiCam.Core.Cameras;

namespace PiCam.Core.Packets;

/// <summary>What a film for somebody who watches live has beyond a recording.</summary>
/// <param name="Size">Of the film; the frames are made that small.</param>
/// <param name="BitRate">The most that it takes, in bits per second, over about a seventh of a second.</param>
/// <param name="TakeKey">Asked before each frame: whether it must be one that can be decoded without those before it.</param>
public sealed record FilmPlan(PixelSize Size, int BitRate, Func<bool> TakeKey);
