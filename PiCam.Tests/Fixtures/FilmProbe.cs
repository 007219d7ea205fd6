using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace PiCam.Tests.Fixtures;

/// <summary>What ffprobe and ffmpeg make of a film.</summary>
internal sealed record FilmProbe(int Frames, int Width, int Height, string Rate, string Codec, string Pixels, double Seconds)
{
    /// <summary>Decodes every frame and counts.</summary>
    public static async Task<FilmProbe> ReadAsync(string path)
    {
        var output = await RunAsync(
            "ffprobe", "-v", "error", "-count_frames", "-select_streams", "v", "-show_entries",
            "stream=nb_read_frames,width,height,r_frame_rate,codec_name,pix_fmt,duration", "-of", "json", "file:" + path);
        var stream = JsonNode.Parse(output)!["streams"]!.AsArray().Single()!;
        return new FilmProbe(
            int.Parse(Text("nb_read_frames"), null), stream["width"]!.GetValue<int>(), stream["height"]!.GetValue<int>(),
            Text("r_frame_rate"), Text("codec_name"), Text("pix_fmt"), double.Parse(Text("duration"), System.Globalization.CultureInfo.InvariantCulture));

        string Text(string name) => stream[name]!.GetValue<string>();
    }

    /// <summary>The frames as a player shows them, each as a few fields of average red, green and blue, row by row.</summary>
    public static async Task<byte[][]> FieldsAsync(string path, int columns, int rows)
    {
        var (width, height) = (await ReadAsync(path)) switch { var probe => (probe.Width, probe.Height) };
        var output = await RunAsync(
            "ffmpeg", "-v", "error", "-i", "file:" + path, "-vf", "scale=in_color_matrix=bt709:flags=full_chroma_int+accurate_rnd", "-fps_mode", "passthrough",
            "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1");
        return [.. output.Chunk(width * height * 3).Select(frame => Fields(frame, width, height, columns, rows))];
    }

    private static byte[] Fields(byte[] frame, int width, int height, int columns, int rows)
    {
        var sums = new long[columns * rows * 3];
        for (var at = 0; at < frame.Length; at++)
        {
            var (x, y) = (at / 3 % width, at / 3 / width);
            sums[(((y * rows / height * columns) + (x * columns / width)) * 3) + (at % 3)] += frame[at];
        }

        return [.. sums.Select(sum => (byte)(sum * columns * rows / (width * height)))];
    }

    /// <summary>What a program says.</summary>
    public static async Task<string> TextAsync(string program, params string[] arguments) => System.Text.Encoding.UTF8.GetString(await RunAsync(program, arguments));

    private static async Task<byte[]> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output.ToArray();
    }
}
