using System.Globalization;
using PiCam.Benchmarks;

// `read URL TOKEN`: one MJPEG reader in a process of its own, so that its work is not counted as the server's.
if (args is ["read", var url, var token])
{
    return await MjpegReader.RunAsync(url, token);
}

Func<TimeSpan, Task> all = async duration =>
{
    await StartScenario.RunAsync();
    await RenderScenario.RunAsync(duration);
    await TransportScenario.RunAsync(duration);
    await LinkScenario.RunAsync(duration);
    await MjpegScenario.RunAsync(duration);
    await AimScenario.RunAsync();
    await LibraryScenario.RunAsync();
    await HelperScenario.RunAsync(duration);
    await LibcameraScenario.RunAsync(duration);
    await InstrumentsScenario.RunAsync(duration);
    await RecordingScenario.RunAsync(duration);
};
var seconds = Array.IndexOf(args, "--seconds") is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 10;
Console.WriteLine($"PiCam benchmark, simulated camera 1280×720 where no other is named, {Environment.ProcessorCount} cores, {seconds} s each");
Console.WriteLine();

// `transports`, `links`, `aim`, `library`, `helper`, `libcamera`, `instruments`, `recording`: that scenario only.
Func<TimeSpan, Task> chosen = args switch
{
    ["transports", ..] => TransportScenario.RunAsync,
    ["links", ..] => LinkScenario.RunAsync,
    ["aim", ..] => _ => AimScenario.RunAsync(),
    ["library", ..] => _ => LibraryScenario.RunAsync(),
    ["helper", ..] => HelperScenario.RunAsync,
    ["instruments", ..] => InstrumentsScenario.RunAsync,
    ["recording", ..] => RecordingScenario.RunAsync,
    ["libcamera", ..] => LibcameraScenario.RunAsync,
    _ => all,
};
await chosen(TimeSpan.FromSeconds(seconds));
return 0;
