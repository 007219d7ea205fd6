using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor;
using PiCam.Blazor.CommandLine;
using PiCam.Blazor.Security;
using PiCam.Core.Access;

namespace PiCam.Tests.Fixtures;

/// <summary>The panel as its owner runs it: a process of its own, on an empty data folder, that can be killed and started again.</summary>
internal sealed class PanelProcess : IAsyncDisposable
{
    /// <summary>The environment's variable that names a published panel, which is then tested instead of this configuration's.</summary>
    public const string PublishedVariable = "PICAM_TEST_PUBLISHED";

    private static readonly string? Published = Environment.GetEnvironmentVariable(PublishedVariable) is { Length: > 0 } path ? path : null;

    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentQueue<string> output = new();
    private readonly string[] arguments;
    private readonly TimeSpan patience;
    private Process? process;

    private PanelProcess(string[] arguments, int port, TimeSpan patience)
    {
        this.arguments = arguments;
        this.patience = patience;
        Endpoint = new IPEndPoint(IPAddress.Loopback, port);
    }

    /// <summary>Where it speaks HTTPS, if it was started so; without a slash at the end.</summary>
    public string? SecureAddress { get; private init; }

    /// <summary>Where it listens; the same after a restart.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>For browsers and clients, without a slash at the end.</summary>
    public string Address => $"http://{Endpoint}";

    /// <summary>Its PICAM_DATA.</summary>
    public string DataFolder => folder["data"];

    // On a command line.
    private string Folder => $"--{PiCam.Blazor.Data.DataFolder.Key}={DataFolder}";

    /// <summary>What it printed so far, both streams, line by line.</summary>
    public IReadOnlyCollection<string> Output => output;

    public int Id => (process ?? throw new InvalidOperationException("The panel does not run.")).Id;

    /// <summary>Starts a panel with the simulated camera and waits until it answers.</summary>
    public static Task<PanelProcess> StartAsync(CancellationToken cancellationToken, params string[] arguments) =>
        StartAsync(TimeSpan.FromSeconds(30), cancellationToken, arguments);

    /// <summary>The same on a machine that may take longer.</summary>
    public static async Task<PanelProcess> StartAsync(
        TimeSpan patience, CancellationToken cancellationToken, params string[] arguments)
    {
        var panel = new PanelProcess(["--Camera:Source=simulated", .. arguments], FreePort(), patience);
        await panel.StartAgainAsync(cancellationToken);
        return panel;
    }

    /// <summary>The same with HTTPS beside HTTP.</summary>
    public static async Task<PanelProcess> StartWithHttpsAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var panel = new PanelProcess(["--Camera:Source=simulated", .. arguments], FreePort(), TimeSpan.FromSeconds(30))
        {
            SecureAddress = $"https://127.0.0.1:{FreePort()}",
        };
        await panel.StartAgainAsync(cancellationToken);
        return panel;
    }

    /// <summary>Runs the program to its end, as for a command or for a start that fails.</summary>
    /// <param name="dataFolder">Its PICAM_DATA.</param>
    /// <param name="input">What its standard input says.</param>
    /// <param name="arguments">The command.</param>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string dataFolder, string input, params string[] arguments)
    {
        var start = StartInfo(dataFolder, arguments);
        start.RedirectStandardInput = true;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The program was not started.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException("The program did not end. It said: " + await output + await errors);
        }

        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Starts it on the same folder and port, and waits until it answers.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        process?.Dispose();
        process = Process.Start(StartInfo(DataFolder, ["--urls", SecureAddress is null ? Address : $"{Address};{SecureAddress}", .. arguments]))
            ?? throw new InvalidOperationException("The panel was not started.");
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Eventually.TrueAsync(
            () => Task.FromResult(process.HasExited || Answers()), "the panel answers", patience, cancellationToken);
        if (process.HasExited)
        {
            throw new InvalidOperationException("The panel ended: " + string.Join('\n', output));
        }
    }

    /// <summary>Adds a person as the command does, beside the panel, but without a program that takes seconds to start.</summary>
    public Task AddPersonAsync(string name, string password, Role role) => CommandServices.RunAsync(
        services => services.GetRequiredService<People>().AddAsync(CommandServices.Caller, name, password, role), CancellationToken.None, Folder);

    /// <summary>Adds an Administrator, and waits until the panel has seen that its set-up is over.</summary>
    public async Task AddOwnerAsync(string name, string password, CancellationToken cancellationToken)
    {
        await AddPersonAsync(name, password, Role.Administrator);
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(Address) };
        await Eventually.TrueAsync(
            async () => (await http.GetAsync("/", cancellationToken)).Headers.Location?.ToString() == "/sign-in", "set-up has ended", patience, cancellationToken);
    }

    /// <summary>Adds a token as the command does.</summary>
    /// <returns>Its secret.</returns>
    public async Task<string> AddTokenAsync(string name, Role role)
    {
        var secret = "";
        await CommandServices.RunAsync(
            async services => secret = await services.GetRequiredService<Tokens>().AddAsync(CommandServices.Caller, name, role, CancellationToken.None),
            CancellationToken.None,
            Folder);
        return secret;
    }

    /// <summary>The set-up code that its owner finds in the data folder.</summary>
    public async Task<string> SetupCodeAsync(CancellationToken cancellationToken) =>
        (await File.ReadAllTextAsync(Path.Combine(DataFolder, "setup-code"), cancellationToken)).Trim();

    /// <summary>SIGKILL, as when the power goes; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>SIGTERM, as a supervisor sends it; its exit code.</summary>
    /// <exception cref="TimeoutException">It has not ended within <paramref name="limit"/>.</exception>
    public async Task<int> TerminateAsync(TimeSpan limit)
    {
        SystemProcess.Signal(Id, SystemProcess.SigTerm);
        await process!.WaitForExitAsync().WaitAsync(limit);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process?.Dispose();
        folder.Dispose();
    }

    // Beside this configuration's tests lies this configuration's panel.
    private static string ProgramFolder
    {
        get
        {
            var framework = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(SourceTree.Root, "PiCam.Blazor", "bin", framework.Parent!.Name, framework.Name);
        }
    }

    private static ProcessStartInfo StartInfo(string dataFolder, string[] arguments)
    {
        var start = new ProcessStartInfo(Published ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Published is null)
        {
            // The panel's own folder, not the tests' copy: its static assets are listed there.
            start.ArgumentList.Add(Path.Combine(ProgramFolder, typeof(PanelApplication).Assembly.GetName().Name + ".dll"));
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PICAM_DATA"] = dataFolder;
        return start;
    }

    /// <summary>One that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // It begins to listen for HTTP first, and then for HTTPS.
    private bool Answers() => Answers(Endpoint.Port) && (SecureAddress is null || Answers(new Uri(SecureAddress).Port));

    private static bool Answers(int port)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            // Not listening yet.
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            output.Enqueue(line);
        }
    }
}
