using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using PiCam.Tests.Fixtures;

namespace PiCam.Benchmarks;

/// <summary>Collects what the scenarios measure; prints it as Markdown while they run, and writes it down as JSON at the end.</summary>
internal sealed class Figures
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<Figure> all = [];
    private readonly List<string> failed = [];
    private readonly List<string> skipped = [];
    private string scenario = "";

    public IReadOnlyList<Figure> All => all;

    /// <summary>What could not be measured, and why.</summary>
    public IReadOnlyList<string> Failed => failed;

    /// <summary>From here on figures are this scenario's.</summary>
    public void Begin(string name, string what)
    {
        scenario = name;
        Console.WriteLine($"\n### {name}: {what}\n\n| | measured | bar | |\n|---|---|---|---|");
    }

    public void Add(string name, double value, string unit, double? atMost = null, double? atLeast = null)
    {
        var bar = atMost is not null ? FormattableString.Invariant($"≤ {atMost}") : atLeast is not null ? FormattableString.Invariant($"≥ {atLeast}") : null;
        bool? holds = bar is null ? null : value <= (atMost ?? double.MaxValue) && value >= (atLeast ?? double.MinValue);
        all.Add(new Figure(scenario, name, value, unit, bar, holds));
        Console.WriteLine($"| {name} | {Text(value)} {unit} | {bar} | {(holds is null ? "" : holds.Value ? "holds" : "**does not hold**")} |");
    }

    /// <summary>Median and more of what was measured many times.</summary>
    /// <param name="name">Of what.</param>
    /// <param name="values">In any order.</param>
    /// <param name="unit">Of them.</param>
    /// <param name="atMost">The bar of the median.</param>
    /// <param name="mostAtMost">The bar of 95 %.</param>
    public void Add(string name, IEnumerable<double> values, string unit, double? atMost = null, double? mostAtMost = null)
    {
        double[] sorted = [.. values.Order()];
        Add(name + ", median", sorted[sorted.Length / 2], unit, atMost);
        Add(name + ", 95 %", sorted[sorted.Length * 95 / 100], unit, mostAtMost);
        Add(name + ", worst", sorted[^1], unit);
    }

    /// <summary>The scenario could not be measured here, or not to its end.</summary>
    public void Fail(string why)
    {
        failed.Add($"{scenario}: {why}");
        Console.WriteLine($"| not measured: {why.ReplaceLineEndings(" ")} | | | |");
    }

    /// <summary>The scenario asks for more than this machine or this user has: no failure.</summary>
    public void Skip(string why)
    {
        skipped.Add($"{scenario}: {why}");
        Console.WriteLine($"| left out: {why} | | | |");
    }

    /// <summary>Measures a scenario in a process of its own, and adds what it found.</summary>
    public async Task MeasureAsync(Scenario measured, TimeSpan duration)
    {
        scenario = measured.Name;
        using var folder = new TemporaryFolder();
        using var process = Process.Start(
            Itself.Command("measure", measured.Name, duration.TotalSeconds.ToString("0", CultureInfo.InvariantCulture), folder["part.json"]))!;
        void End(PosixSignalContext signal) => process.Kill(entireProcessTree: true);
        using (PosixSignalRegistration.Create(PosixSignal.SIGTERM, End))
        using (PosixSignalRegistration.Create(PosixSignal.SIGINT, End))
        {
            await process.WaitForExitAsync();
        }

        if (process.ExitCode != 0)
        {
            Fail($"its process ended with exit code {process.ExitCode}.");
            return;
        }

        await using var file = File.OpenRead(folder["part.json"]);
        var part = (await JsonSerializer.DeserializeAsync<Report>(file, Json))!;
        all.AddRange(part.Figures);
        failed.AddRange(part.NotMeasured);
        skipped.AddRange(part.LeftOut);
    }

    public async Task WriteAsync(string file) => await File.WriteAllTextAsync(file, JsonSerializer.Serialize(
        new Report(
            Environment.ProcessorCount, RuntimeInformation.OSArchitecture.ToString(), RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription,
            all, failed, skipped),
        Json));

    private static string Text(double value) => value.ToString(Math.Abs(value) >= 100 ? "0" : Math.Abs(value) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

    private sealed record Report(
        int Cores, string Architecture, string System, string Runtime, IReadOnlyList<Figure> Figures, IReadOnlyList<string> NotMeasured, IReadOnlyList<string> LeftOut);
}
