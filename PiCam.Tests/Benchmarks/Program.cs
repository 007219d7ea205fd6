using System.Globalization;
using PiCam.Benchmarks;

// `read URL TOKEN`: one MJPEG reader in a process of its own, so that its work is not counted as the server's.
if (args is ["read", var url, var token])
{
    return await MjpegReader.RunAsync(url, token);
}

var seconds = args is ["--seconds", var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 10;
Console.WriteLine($"PiCam benchmark, simulated camera 1280×720, {Environment.ProcessorCount} cores, {seconds} s each");
Console.WriteLine();
await StartScenario.RunAsync();
await RenderScenario.RunAsync(TimeSpan.FromSeconds(seconds));
await BrowserScenario.RunAsync(TimeSpan.FromSeconds(seconds));
await MjpegScenario.RunAsync(TimeSpan.FromSeconds(seconds));
return 0;
