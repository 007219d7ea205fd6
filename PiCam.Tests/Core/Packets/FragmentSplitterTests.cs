using PiCam.Core.Packets;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Core.Packets;

/// <summary>A film as ffmpeg makes it for somebody who watches, cut into pieces of any length.</summary>
public sealed class FragmentSplitterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(777)]
    [InlineData(1_000_000)]
    public async Task Film_CutAnywhere_ComesOutPacketByPacket(int pieces)
    {
        var film = await MakeAsync();
        FilmHeader? header = null;
        List<FilmPacket> packets = [];
        var splitter = new FragmentSplitter(given => header = given, packets.Add);
        foreach (var piece in film.Chunk(pieces))
        {
            splitter.Write(piece);
        }

        Assert.Equal(45, packets.Count);
        Assert.Matches("^avc1\\.42[0-9A-F]{4}$", header!.Codec);
        Assert.Equal(90_000, header.TimeScale);
        Assert.Equal([0, 15, 30], packets.Select((packet, place) => packet.IsKey ? place : -1).Where(place => place >= 0));
        Assert.All(packets.Index(), entry => Assert.Equal(entry.Index / 15.0, entry.Item.Time.TotalSeconds, 0.001));

        // What begins at a key frame is a film of its own.
        var part = folder["part.mp4"];
        await File.WriteAllBytesAsync(part, [.. header.Data, .. packets.Skip(15).SelectMany(packet => packet.Data)], TestContext.Current.CancellationToken);
        Assert.Equal((30, 160, 120), await FilmProbe.ReadAsync(part) switch { var probe => (probe.Frames, probe.Width, probe.Height) });
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 1, 0x66, 0x72, 0x65, 0x65 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0x66, 0x72, 0x65, 0x65 })]
    [InlineData(new byte[] { 0, 0, 0, 16, 0x6D, 0x6F, 0x6F, 0x76, 0, 0, 0, 8, 0x66, 0x72, 0x65, 0x65 })]
    public void Nonsense_IsRefused(byte[] bytes) =>
        Assert.Throws<InvalidDataException>(() => new FragmentSplitter(_ => { }, _ => { }).Write(bytes));

    private async Task<byte[]> MakeAsync()
    {
        var path = folder["film.mp4"];
        await FilmProbe.TextAsync(
            "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=160x120:rate=15:duration=3", "-pix_fmt", "yuv420p",
            "-c:v", "libx264", "-profile:v", "baseline", "-tune", "zerolatency", "-g", "15", "-video_track_timescale", "90000",
            "-movflags", "+frag_keyframe+empty_moov+default_base_moof", "-frag_duration", "1", "-f", "mp4", path);
        return await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
    }
}
