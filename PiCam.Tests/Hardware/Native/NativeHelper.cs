using System.Diagnostics;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using PiCam.Hardware.Libcamera;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Hardware.Native;

/// <summary>The real helper on the real libcamera with its virtual camera, spoken to in its own protocol.</summary>
internal sealed class NativeHelper : IDisposable
{
    private static readonly Lazy<string> Folder = new(Where);

    private readonly Process process;
    private readonly HelperReader reader;
    private readonly string spy = $"/tmp/spy-{Guid.NewGuid():n}";
    private long lastId;

    public NativeHelper(params string[] arguments)
        : this(spied: true, arguments)
    {
    }

    /// <param name="spied">Whether <see cref="Requests"/> are written down, which costs some time for each.</param>
    /// <param name="arguments">Of the helper.</param>
    public NativeHelper(bool spied, params string[] arguments)
        : this(spied, unplugAt: null, arguments)
    {
    }

    private NativeHelper(bool spied, int? unplugAt, string[] arguments)
    {
        var start = new ProcessStartInfo(Executable)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        if (spied)
        {
            start.Environment["PICAM_SPY"] = spy;
        }

        if (unplugAt is { } width)
        {
            start.Environment["PICAM_UNPLUG"] = $"{width}";
        }

        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        reader = new HelperReader(PipeReader.Create(process.StandardOutput.BaseStream));
    }

    /// <summary>One whose camera is unplugged as soon as a picture of this width is asked for.</summary>
    public static NativeHelper UnpluggedAt(int width) => new(spied: true, width, []);

    /// <summary>The script that runs it; <c>./test</c> builds it.</summary>
    public static string Executable => Path.Combine(Folder.Value, "picam-camera");

    public int ProcessId => process.Id;

    /// <summary>What each request carried, in order.</summary>
    public IReadOnlyList<JsonObject> Requests
    {
        get
        {
            var file = Path.Combine(Folder.Value, "root" + spy);
            return File.Exists(file)
                ? [.. File.ReadAllText(file).Split('\n')[..^1].Select(line => JsonNode.Parse(line)!.AsObject())]
                : [];
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <returns>The command's id.</returns>
    public long Send(string command, JsonObject? fields = null)
    {
        var line = fields ?? [];
        line["command"] = command;
        line["id"] = ++lastId;
        SendLine(line.ToJsonString());
        return lastId;
    }

    public void SendLine(string line)
    {
        process.StandardInput.Write(line + "\n");
        process.StandardInput.Flush();
    }

    /// <summary>The next message of a kind; others are passed over.</summary>
    public async Task<HelperMessage> NextAsync(string kind, Func<HelperMessage, bool>? condition = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (await reader.ReadAsync(patience.Token) is { } message)
        {
            if (message.Kind == kind && condition?.Invoke(message) != false)
            {
                return message;
            }
        }

        throw new EndOfStreamException($"The helper ended before {kind}.");
    }

    /// <summary>Starts the stream, or a second one beside it, too.</summary>
    public async Task<JsonElement> ConfigureAsync(int width = 1280, int height = 720, JsonObject? controls = null, bool half = false)
    {
        var id = Send("configure", new JsonObject
        {
            ["size"] = new JsonArray(width, height),
            ["half"] = half,
            ["controls"] = controls ?? new JsonObject { ["FrameDurationLimits"] = new JsonArray(33333, 33333) },
        });
        return (await NextAsync("CONF", m => m.Json.GetProperty("id").GetInt64() == id)).Json;
    }

    /// <summary>Ends the input, reads what is still on its way, and waits for the end of the helper.</summary>
    public async Task<int> EndAsync()
    {
        process.StandardInput.Close();

        // The helper does not end in the middle of a picture: one that nobody reads, and that is larger than the pipe, would hold it.
        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(Token))
        {
            patience.CancelAfter(TimeSpan.FromSeconds(30));
            while (await reader.ReadAsync(patience.Token) is not null)
            {
            }
        }

        await process.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            SystemProcess.Signal(process.Id, SystemProcess.SigKill);
        }

        process.Dispose();
        File.Delete(Path.Combine(Folder.Value, "root" + spy));
    }

    private static string Where()
    {
        using var where = Process.Start(new ProcessStartInfo(
            Path.Combine(SourceTree.Root, "PiCam.Tests", "Rig", "Libcamera", "build.sh"), ["--where"])
        { RedirectStandardOutput = true })!;
        return where.StandardOutput.ReadToEnd().Trim();
    }
}
