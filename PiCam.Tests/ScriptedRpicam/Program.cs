// rpicam-vid, and where RPICAM_PROGRAM says so rpicam-still, as a Raspberry Pi would have it, with a sensor that shows a moving picture, the real one's talk on standard
// error, and with whatever trouble the test asks for in the environment (RPICAM_SCRIPT, "name=value;name=value"):
//   sensors=ov5647,imx708   what is connected; empty: nothing
//   old=1                   a program of 2022: fewer options, no ranges in the list, nothing said of frames
//   trouble=…;after=N       see below; once N frames have gone out
//   chatter=1               hundreds of lines for each frame
//   log=FILE                the arguments of each start, in a line
//   still=fail,never        what rpicam-still does instead of taking a picture
//   start=MS                how long the camera takes to its first frame
using System.Globalization;
using System.Runtime.InteropServices;
using PiCam.ScriptedRpicam;
using SkiaSharp;

var script = (Environment.GetEnvironmentVariable("RPICAM_SCRIPT") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)
    .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
string Script(string name, string usual = "") => script.GetValueOrDefault(name, usual);

if (Script("log") is { Length: > 0 } log)
{
    File.AppendAllText(log, string.Join('\t', args) + "\n");
}

var old = Script("old") == "1";
var isStill = Environment.GetEnvironmentVariable("RPICAM_PROGRAM") == "rpicam-still";
var sensors = Script("sensors", "ov5647");
RpicamOptions options;
try
{
    options = RpicamOptions.Parse(args, old, isStill);
}
catch (FormatException exception)
{
    Console.Error.WriteLine($"ERROR: *** {exception.Message} ***");
    return 255;
}

if (options.Has("list-cameras"))
{
    Console.Out.Write(Listing.Of(sensors, options.Has("verbose") && !old));
    return 0;
}

var trouble = Script("trouble");
var after = int.Parse(Script("after", "5"), null);
if (trouble == "deaf")
{
    _ = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
}

const string Camera = "/base/soc/i2c0mux/i2c@1/ov5647@36";
Say("[0:02:18.420391212] [1290]  INFO Camera camera_manager.cpp:325 libcamera v0.3.2+27-7330f29b");
if (sensors.Length == 0)
{
    return End("no cameras available");
}

if (options.Number("camera", 0) >= sensors.Split(',').Length)
{
    return End("selected camera is not available");
}

switch (trouble)
{
    case "acquire":
        Say("[0:02:18.451829301] [1290]  INFO Camera camera.cpp:1033 Pipeline handler in use by another process");
        return End($"failed to acquire camera {Camera}");
    case "configure":
        Say("[0:02:18.452006504] [1293] ERROR V4L2 v4l2_videodevice.cpp:1047 /dev/video0[13:cap]: Unable to set format: Device or resource busy");
        return End("failed to configure streams");
    case "permission":
        Say("[0:02:18.452006504] [1293] ERROR V4L2 v4l2_device.cpp:94 '/dev/v4l-subdev0': Failed to open V4L2 device: Permission denied");
        return End("failed to start camera");
    case "platform":
        Say("ERROR: rpicam-apps currently only supports the Raspberry Pi platforms.");
        return 255;
    case "silent":
        Thread.Sleep(Timeout.Infinite);
        break;
}

var (width, height) = ((int)options.Number("width", 1920), (int)options.Number("height", 1080));
var mode = options["mode"].Split(':');
Say($"Mode selection for {width}:{height}:12:P");
Say($"[0:02:18.611237944] [1293]  INFO RPI vc4.cpp:629 Sensor: {Camera} - Selected sensor format: {mode[0]}x{mode.ElementAtOrDefault(1)}-SGBRG10_1X10 - Selected unicam format: pGAA");
Thread.Sleep(int.Parse(Script("start", "0"), null));

var rate = options.Number("framerate", 30);
var exposure = isStill ? options.Number("shutter", 9_994) : Math.Min(options.Number("shutter", 9_994), 1e6 / rate);
var gain = options.Number("gain", 2);
var gains = options.Has("awbgains") ? options["awbgains"].Split(',').Select(g => double.Parse(g, null)).ToArray() : [1.9, 1.4];
using var output = Console.OpenStandardOutput();
if (isStill)
{
    switch (Script("still"))
    {
        case "fail":
            return End("failed to start camera");
        case "never":
            Thread.Sleep(Timeout.Infinite);
            break;
    }

    if (width % 2 != 0 || height % 2 != 0)
    {
        return End("both width and height must be even");
    }

    Thread.Sleep((int)options.Number("timeout", 0));
    Say("Still capture image received");
    Write(Jpeg(0));
    if (options.Has("metadata"))
    {
        File.AppendAllText(
            options["metadata"],
            string.Create(CultureInfo.InvariantCulture, $"ExposureTime={exposure:0}\nAnalogueGain={gain:0.000000}\nColourGains=[ {gains[0]:0.000000}, {gains[1]:0.000000} ]\nLux=400.500000\n\n"));
    }

    return 0;
}

for (var frame = 0; ; frame++)
{
    if (Script("chatter") == "1")
    {
        for (var i = 0; i < 200; i++)
        {
            Say($"[0:02:18.611237944] [1293] DEBUG RPiAgc agc_channel.cpp:{i} {new string('x', 200)}");
        }
    }

    if (!old)
    {
        Say(Info(frame));
    }

    if (frame == after)
    {
        switch (trouble)
        {
            case "die":
                return End("failed to queue request");
            case "stall":
                Say("[0:02:28.611237944] [1293]  WARN V4L2 v4l2_videodevice.cpp:2007 /dev/video0[13:cap]: Dequeue timer of 1000000.00us has expired!");
                Say("[0:02:28.611237944] [1293] ERROR RPI pipeline_base.cpp:1364 Camera frontend has timed out!");
                Thread.Sleep(Timeout.Infinite);
                break;
            case "garbage":
                Write(Jpeg(frame).AsSpan(0, 500));
                break;
            case "huge":
                Write([0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0]);
                for (var i = 0; i < 100; i++)
                {
                    Write(new byte[1 << 20]);
                }

                break;
        }
    }

    Write(Jpeg(frame));
    Thread.Sleep(TimeSpan.FromSeconds(1 / rate));
}

string Info(int frame) => options["info-text"]
    .Replace("%frame", $"{frame}", StringComparison.Ordinal)
    .Replace("%fps", Fixed(frame == 0 ? 0 : rate), StringComparison.Ordinal)
    .Replace("%exp", Fixed(exposure), StringComparison.Ordinal)
    .Replace("%ag", Fixed(gain), StringComparison.Ordinal)
    .Replace("%dg", Fixed(1), StringComparison.Ordinal)
    .Replace("%rg", Fixed(gains[0]), StringComparison.Ordinal)
    .Replace("%bg", Fixed(gains[1]), StringComparison.Ordinal)
    .Replace("%focus", Fixed(412), StringComparison.Ordinal)
    .Replace("%aelock", "1", StringComparison.Ordinal)
    .Replace("%lp", Fixed(options.Has("lens-position") ? options.Number("lens-position", 0) : -1), StringComparison.Ordinal);

// A bar that wanders, brighter with exposure and gain.
byte[] Jpeg(int frame)
{
    using var bitmap = new SKBitmap(width, height);
    using (var canvas = new SKCanvas(bitmap))
    {
        var level = (byte)Math.Clamp(exposure * gain / 200, 10, 200);
        canvas.Clear(new SKColor(level, level, level));
        using var paint = new SKPaint { Color = SKColors.White };
        canvas.DrawRect(frame * 8 % width, 0, 16, height, paint);
    }

    using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, (int)options.Number("quality", 50));
    return data.ToArray();
}

static string Fixed(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

static void Say(string line) => Console.Error.WriteLine(line);

static int End(string why)
{
    Say($"ERROR: *** {why} ***");
    return 255;
}

void Write(ReadOnlySpan<byte> bytes)
{
    output.Write(bytes);
    output.Flush();
}
