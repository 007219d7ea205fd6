using System.Diagnostics;
using System.Globalization;

namespace PiCam.Benchmarks;

/// <summary>Readers of one MJPEG stream, some to a process.</summary>
internal sealed class ReaderProcesses : IAsyncDisposable
{
    private const int ReadersEach = 25;

    private readonly Process[] processes;

    /// <param name="url">Of the stream.</param>
    /// <param name="headers">One for each reader.</param>
    public ReaderProcesses(string url, IEnumerable<string> headers) => processes = [.. headers.Chunk(ReadersEach).Select(some => Start(url, some))];

    /// <summary>The bytes of the stream's body that each reader has had so far.</summary>
    public async Task<long[]> BytesAsync()
    {
        var all = await Task.WhenAll(processes.Select(async process =>
        {
            await process.StandardInput.WriteLineAsync();
            await process.StandardInput.FlushAsync();
            return await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("A reader ended.");
        }));
        return [.. all.SelectMany(line => line.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)))];
    }

    /// <summary>Returns when each of them has had something.</summary>
    public async Task StartedAsync()
    {
        while ((await BytesAsync()).Any(bytes => bytes < 1000))
        {
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private static Process Start(string url, IEnumerable<string> headers)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ReaderProcesses).Assembly.Location);
        }

        foreach (var argument in (string[])["read", url, .. headers])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
