using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using PiCam.Tests.Fixtures;

namespace PiCam.Benchmarks;

/// <summary>A published panel with the simulated camera, running in a process of its own.</summary>
internal sealed class PublishedPanel : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(30);

    private readonly Process process;

    private PublishedPanel(Process process, string address, TimeSpan took) => (this.process, Address, Took) = (process, address, took);

    public string Address { get; }

    /// <summary>From its start until it listened.</summary>
    public TimeSpan Took { get; }

    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Publishes it for this machine, as for a Pi.</summary>
    /// <returns>Its program.</returns>
    public static async Task<string> PublishAsync(string folder)
    {
        var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        await RunToEndAsync(
            folder,
            ("dotnet", ["publish", Path.Combine(SourceTree.Root, "PiCam.Blazor"), "-c", "Release", "-r", "linux-" + architecture, "--self-contained",
                "-o", folder, "-v", "q", "--nologo", "-nodeReuse:false"]));
        return Path.Combine(folder, "PiCam.Blazor");
    }

    /// <summary>Adds an owner, which ends set-up, and a Viewer's token.</summary>
    public static async Task<string> AddTokenAsync(string program, string data)
    {
        await RunToEndAsync(data, (program, ["user", "add", BenchmarkPanel.User, "--role", "Administrator"]), BenchmarkPanel.Password + "\n");
        return (await RunToEndAsync(data, (program, ["token", "add", "benchmark", "--role", "Viewer"]))).Trim().Split('\n')[^1].Trim();
    }

    /// <param name="program">What was published.</param>
    /// <param name="data">Its data folder.</param>
    /// <param name="group">What it runs in, if not with all memory.</param>
    public static async Task<PublishedPanel> StartAsync(string program, string data, MemoryGroup? group = null)
    {
        var endpoint = new IPEndPoint(IPAddress.Loopback, PanelProcess.FreePort());
        string[] arguments = ["--urls", $"http://{endpoint}", "--Camera:Source=simulated"];
        var began = Stopwatch.GetTimestamp();
        var process = group is null ? Launch(data, (program, arguments)) : Launch(data, group.Enter(program, arguments));
        _ = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        while (Stopwatch.GetElapsedTime(began) < StartPatience && !process.HasExited)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(endpoint);
                return new PublishedPanel(process, $"http://{endpoint}", Stopwatch.GetElapsedTime(began));
            }
            catch (SocketException)
            {
                await Task.Delay(5);
            }
        }

        process.Kill();
        await process.WaitForExitAsync();
        throw new InvalidOperationException($"The panel did not start (exit code {process.ExitCode}): {await errors}");
    }

    /// <summary>Runs a command to its end.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> RunToEndAsync(string data, (string Program, string[] Arguments) command, string input = "")
    {
        using var process = Launch(data, command);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{command.Program} failed: {await output} {await errors}");
    }

    public ProcessLook Look() => ProcessLook.At(process.Id);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            SystemProcess.Signal(process.Id, SystemProcess.SigTerm);
        }

        using var patience = new CancellationTokenSource(EndPatience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private static Process Launch(string data, (string Program, string[] Arguments) command)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PICAM_DATA"] = data;
        return Process.Start(start) ?? throw new InvalidOperationException($"{command.Program} was not started.");
    }
}
