using System.Globalization;

namespace PiCam.Tests.Fixtures;

/// <summary>The times that a film shows its pictures at, by ffprobe.</summary>
internal static class PacketProbe
{
    /// <summary>In seconds, in the order of showing; counted from the first one.</summary>
    public static async Task<List<double>> TimesAsync(string path)
    {
        var lines = await FilmProbe.TextAsync("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=pts_time", "-of", "csv=p=0", "file:" + path);
        var times = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => double.Parse(line.TrimEnd(','), CultureInfo.InvariantCulture)).Order().ToList();
        return [.. times.Select(time => time - times[0])];
    }
}
