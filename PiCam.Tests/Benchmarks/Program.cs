using System.Globalization;
using PiCam.Benchmarks;
using PiCam.Blazor.StartUp;

// `read URL HEADER…` and `watch ADDRESS COOKIE…`: viewers in a process of their own, so that their work is not counted as the server's.
if (args is ["read", var url, .. var headers])
{
    return await MjpegReader.RunAsync(new Uri(url), headers);
}

if (args is ["watch", var address, .. var cookies])
{
    return await CircuitViewer.RunAsync(new Uri(address), cookies);
}

// `measure SCENARIO SECONDS FILE`: one scenario, so that what another left in a process (memory, timers, compiled code) is not in its figures. Its process
// keeps memory as the panel's does.
if (args is ["measure", var measured, var span, var part])
{
    NativeMemory.KeepSmall();
    var own = new Figures();
    var scenario = Scenario.All.Single(known => known.Name == measured);
    own.Begin(scenario.Name, scenario.What);
    try
    {
        await scenario.RunAsync(own, TimeSpan.FromSeconds(int.Parse(span, CultureInfo.InvariantCulture)));
    }
#pragma warning disable CA1031 // What cannot be measured here does not keep the others from it.
    catch (Exception failure)
#pragma warning restore CA1031
    {
        own.Fail(failure.Message);
    }

    await own.WriteAsync(part);
    return 0;
}

int? seconds = null;
var file = Path.Combine(Path.GetTempPath(), "picam-benchmark.json");
var chosen = new List<Scenario>();
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--seconds" && i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > 0)
    {
        (seconds, i) = (given, i + 1);
    }
    else if (args[i] == "--json" && i + 1 < args.Length)
    {
        (file, i) = (args[i + 1], i + 1);
    }
    else if (args[i] == "all")
    {
        chosen.AddRange(Scenario.All);
    }
    else if (Scenario.All.FirstOrDefault(scenario => scenario.Name == args[i]) is { } scenario)
    {
        chosen.Add(scenario);
    }
    else
    {
        await Console.Error.WriteLineAsync(
            $"'{args[i]}' is not understood. Say all, or some of these; --seconds N (how long each figure is measured) and --json FILE may follow:\n"
            + string.Join('\n', Scenario.All.Select(known => $"  {known.Name,-12} {known.What}")));
        return 2;
    }
}

Console.WriteLine($"## PiCam's benchmark: {Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.OSArchitecture}");
var figures = new Figures();
foreach (var scenario in (chosen.Count == 0 ? Scenario.All : chosen).Distinct())
{
    await figures.MeasureAsync(scenario, TimeSpan.FromSeconds(seconds ?? scenario.Seconds));
}

await figures.WriteAsync(file);
Console.WriteLine(
    $"\n{figures.All.Count} figures, of {figures.All.Count(figure => figure.Bar is not null)} bars {figures.All.Count(figure => figure.Holds == false)} do not hold, {figures.Failed.Count} scenarios not measured to their end. All of it as JSON: {Path.GetFullPath(file)}");
return figures.Failed.Count == 0 ? 0 : 1;
