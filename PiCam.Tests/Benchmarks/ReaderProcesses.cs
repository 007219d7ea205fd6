using System.Diagnostics;
using System.Globalization;

namespace PiCam.Benchmarks;

/// <summary>Many viewers of one address, some to a process: readers of an MJPEG stream, or live pages without a browser.</summary>
internal sealed class ReaderProcesses : IAsyncDisposable
{
    private const int ReadersEach = 25;

    private readonly Process[] processes;

    private ReaderProcesses(string verb, string url, IEnumerable<string> each) => processes = [.. each.Chunk(ReadersEach).Select(some => Start(verb, url, some))];

    /// <param name="url">Of the stream.</param>
    /// <param name="headers">One for each reader.</param>
    public static ReaderProcesses Streams(string url, IEnumerable<string> headers) => new("read", url, headers);

    /// <param name="address">The panel's.</param>
    /// <param name="cookies">One for each page.</param>
    public static ReaderProcesses Pages(string address, IEnumerable<string> cookies) => new("watch", address, cookies);

    /// <summary>For their processes: answers each line of standard input with what each has had so far; ends with the input.</summary>
    public static async Task AnswerAsync(Func<IEnumerable<long>> counts)
    {
        while (await Console.In.ReadLineAsync() is not null)
        {
            Console.WriteLine(string.Join(' ', counts()));
        }
    }

    /// <summary>What this process takes for each picture that they get, in microseconds and bytes, and how many a second the slowest gets.</summary>
    /// <param name="span">How long it is looked at.</param>
    /// <param name="idle">What this process takes without them.</param>
    /// <param name="each">How much a picture is, in the unit of <see cref="CountsAsync"/>.</param>
    public async Task<(double Cpu, double Allocated, double Slowest)> DuringAsync(TimeSpan span, Usage idle, double each)
    {
        var before = await CountsAsync();
        var used = await Usage.DuringAsync(span);
        double[] pictures = [.. before.Zip(await CountsAsync(), (b, a) => (a - b) / each)];
        var beyond = used.Beyond(idle);
        return (beyond.Cpu.TotalMicroseconds / pictures.Sum(), beyond.Allocated / pictures.Sum(), pictures.Min() / used.Elapsed.TotalSeconds);
    }

    /// <summary>What each has had so far: a reader bytes of the stream's body, a page pictures.</summary>
    private async Task<long[]> CountsAsync()
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
    /// <param name="least">What that is, in the unit of <see cref="CountsAsync"/>.</param>
    public async Task StartedAsync(long least = 1000)
    {
        while ((await CountsAsync()).Any(count => count < least))
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

    private static Process Start(string verb, string url, IEnumerable<string> each)
    {
        var start = Itself.Command([verb, url, .. each]);
        start.RedirectStandardInput = start.RedirectStandardOutput = true;
        return Process.Start(start)!;
    }
}
