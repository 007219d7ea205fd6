using PiCam.Core.Cameras;

namespace PiCam.Core.Packets;

/// <summary>One picture of the live film: a fragment of an MP4 with one sample. Shared by all readers; never written to.</summary>
/// <param name="Data">A <c>moof</c> and its <c>mdat</c>.</param>
/// <param name="IsKey">Whether it can be decoded without the ones before it.</param>
/// <param name="Time">Since the film began.</param>
public sealed record FilmPacket(byte[] Data, bool IsKey, TimeSpan Time)
{
    /// <summary>In pixels.</summary>
    public PixelSize Size { get; init; }

    /// <summary>Counts from 1 within one run of the panel; set by <see cref="PacketHub"/>.</summary>
    public long Number { get; internal set; }

    /// <summary><see cref="TimeProvider.GetTimestamp"/> when its picture was complete in this process; for latency. 0: not known.</summary>
    public long CapturedAt { get; init; }
}
