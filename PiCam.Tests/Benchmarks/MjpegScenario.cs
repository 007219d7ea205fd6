namespace PiCam.Benchmarks;

/// <summary>Many readers of the MJPEG stream, and beside it what a bare server needs for the same, in the same run: the floor.</summary>
internal static class MjpegScenario
{
    public const int PictureBytes = 90_000;

    /// <summary>Before each picture of so many bytes.</summary>
    public static readonly int PartHeaderBytes = "Content-Type: image/jpeg\r\nContent-Length: 90000\r\n\r\n"u8.Length;

    /// <summary>Between two pictures in the stream.</summary>
    public static readonly int HeaderBytes = PartHeaderBytes + "\r\n--picam\r\n"u8.Length;

    public static async Task RunAsync(Figures figures, TimeSpan duration)
    {
        await using var camera = new ReplayedCamera(NumberedPictures.Paint(30, PictureBytes));
        await using var panel = await BenchmarkPanel.StartAsync(camera.Camera);
        using var floor = new FloorServer(camera);
        var partBytes = camera.Pictures[0].Length + HeaderBytes;
        var tokens = new List<string>();
        while (tokens.Count < 10)
        {
            tokens.Add("Authorization: Bearer " + await panel.AddTokenAsync($"reader {tokens.Count}"));
        }

        var idle = default(Usage);

        // The compiler's work comes first, with many readers, so that all of it is done.
        await MeasureAsync(panel.Address + "/stream.mjpg", 8, TimeSpan.FromSeconds(10));
        await MeasureAsync(floor.Address, 8, TimeSpan.FromSeconds(3));
        await Task.Delay(TimeSpan.FromSeconds(10));

        // What the panel does every 5 and 30 s allocates as much as one reader's pictures of some seconds: in 30 s, each comes as often as without readers.
        idle = await Usage.DuringAsync(duration);
        foreach (var count in new[] { 1, 8, 32, 100 })
        {
            var ofPanel = await MeasureAsync(panel.Address + "/stream.mjpg", count, duration);
            var ofFloor = await MeasureAsync(floor.Address, count, duration);
            var readers = count == 1 ? "1 reader" : $"{count} readers";
            figures.Add($"{readers}: server CPU per frame delivered", ofPanel.Cpu, "µs");
            figures.Add($"{readers}: the same of the bare server", ofFloor.Cpu, "µs");
            if (count > 1)
            {
                // One alone takes less than the rest of the panel varies by.
                figures.Add($"{readers}: ratio", ofPanel.Cpu / ofFloor.Cpu, "", atMost: 2);
            }

            figures.Add($"{readers}: allocated per frame delivered", ofPanel.Allocated, "bytes", atMost: 200);
            figures.Add($"{readers}: the slowest one gets", ofPanel.Slowest, "fps", atLeast: count <= 32 ? 29 : null);
            figures.Add($"{readers}: the slowest one of the bare server gets", ofFloor.Slowest, "fps");
        }

        async Task<(double Cpu, double Allocated, double Slowest)> MeasureAsync(string url, int count, TimeSpan span)
        {
            await using var readers = ReaderProcesses.Streams(url, Enumerable.Range(0, count).Select(number => tokens[number % tokens.Count]));
            await readers.StartedAsync();
            await Task.Delay(TimeSpan.FromSeconds(1));
            return await readers.DuringAsync(span, idle, partBytes);
        }
    }
}
