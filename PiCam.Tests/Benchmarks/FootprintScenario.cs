using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PiCam.Tests.Fixtures;

namespace PiCam.Benchmarks;

/// <summary>
/// What the published panel takes of a small board: from the start to listening, memory at rest and with eight MJPEG readers, and the
/// processor without viewers. Published into a temporary folder for this machine, as for a Pi: with compiled code.
/// </summary>
internal static class FootprintScenario
{
    private const int Starts = 5;
    private const int Readers = 8;
    private const string Password = "correct horse battery";

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(Figures figures)
    {
        using var folder = new TemporaryFolder();
        var program = Path.Combine(folder["published"], "PiCam.Blazor");
        await RunToEndAsync(
            "dotnet", folder["data"], "", "publish", Path.Combine(SourceTree.Root, "PiCam.Blazor"), "-c", "Release", "-r", "linux-" + Architecture, "--self-contained", "false",
            "-o", folder["published"], "-v", "q", "--nologo", "-nodeReuse:false");
        await RunToEndAsync(program, folder["data"], Password + "\n", "user", "add", "ana", "--role", "Administrator");
        var token = (await RunToEndAsync(program, folder["data"], "", "token", "add", "benchmark", "--role", "Viewer")).Trim().Split('\n')[^1].Trim();

        var times = new List<TimeSpan>();
        for (var i = 0; i < Starts; i++)
        {
            var (started, _, took) = await StartAsync(program, folder["data"]);
            times.Add(took);
            await EndAsync(started);
        }

        figures.Add("start to listening, median of 5", times.Order().ElementAt(Starts / 2).TotalSeconds, "s", atMost: 1.5);
        var (panel, address, _) = await StartAsync(program, folder["data"]);
        try
        {
            await Task.Delay(Settling);
            var (before, began) = (Processor(panel), Stopwatch.GetTimestamp());
            await Task.Delay(Rest);
            var part = (Processor(panel) - before) / Stopwatch.GetElapsedTime(began);
            figures.Add("without viewers: of one core", 100 * part, "%", atMost: 2);
            figures.Add("without viewers: resident", Memory(panel, "VmRSS"), "MB");
            figures.Add("without viewers: resident, pages of program files", Memory(panel, "RssFile"), "MB");

            await using var readers = ReaderProcesses.Streams(address + "/stream.mjpg", Enumerable.Repeat("Authorization: Bearer " + token, Readers));
            await readers.StartedAsync();
            await Task.Delay(Rest);
            figures.Add($"with {Readers} MJPEG readers: resident", Memory(panel, "VmRSS"), "MB", atMost: 180);
            figures.Add($"with {Readers} MJPEG readers: resident, pages of program files", Memory(panel, "RssFile"), "MB");
        }
        finally
        {
            await EndAsync(panel);
        }
    }

    private static string Architecture => System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    // Pages of files can be taken back by the kernel at any time; the rest cannot.
    private static double Memory(Process panel, string name) => File.ReadAllLines($"/proc/{panel.Id}/status")
        .Where(line => line.StartsWith(name + ":", StringComparison.Ordinal))
        .Select(line => double.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024)
        .Single();

    private static TimeSpan Processor(Process panel)
    {
        panel.Refresh();
        return panel.TotalProcessorTime;
    }

    private static async Task<(Process Panel, string Address, TimeSpan Took)> StartAsync(string program, string data)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var endpoint = (IPEndPoint)free.LocalEndpoint;
        free.Stop();
        var began = Stopwatch.GetTimestamp();
        var panel = Launch(program, data, "--urls", $"http://{endpoint}", "--Camera:Source=simulated");
        _ = panel.StandardOutput.ReadToEndAsync();
        _ = panel.StandardError.ReadToEndAsync();
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(endpoint);
                return (panel, $"http://{endpoint}", Stopwatch.GetElapsedTime(began));
            }
            catch (SocketException) when (!panel.HasExited)
            {
                await Task.Delay(5);
            }
        }
    }

    private static async Task EndAsync(Process panel)
    {
        SystemProcess.Signal(panel.Id, SystemProcess.SigTerm);
        await panel.WaitForExitAsync();
        panel.Dispose();
    }

    private static async Task<string> RunToEndAsync(string program, string data, string input, params string[] arguments)
    {
        using var process = Launch(program, data, arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} failed: {await output} {await errors}");
    }

    private static Process Launch(string program, string data, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PICAM_DATA"] = data;
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} was not started.");
    }
}
