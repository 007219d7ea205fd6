// A camera helper as a Raspberry Pi would have it (PiCam.Hardware/Native/PROTOCOL.md), with effects as late as a sensor's,
// and with whatever trouble the test asks for.
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PiCam.ScriptedHelper;

const int EffectDelay = 6; // requests in the queue, and the sensor's own delay

var script = Script.Parse(args);
byte[] jpeg = script.Picture is { } picture ? File.ReadAllBytes(picture) : [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x04, 0x00, 0x00, 0xFF, 0xD9];
var halfJpeg = script.Half is { } small ? File.ReadAllBytes(small) : null;
using var output = Console.OpenStandardOutput();
if (script.Trouble == "loader")
{
    Console.Error.WriteLine("picam-camera: error while loading shared libraries: libcamera.so.0.3: cannot open shared object file");
    return 127;
}

if (script.Trouble == "silent")
{
    Thread.Sleep(Timeout.Infinite);
}

if (script.Error is { } code)
{
    Send("ERRO", new JsonObject { ["code"] = code, ["message"] = $"The message of {code}." }, []);
    return 1;
}

var hello = Sensors.Hello(script.Sensor);
Send("HELO", hello, []);

var lines = new BlockingCollection<string>();
var input = new Thread(() =>
{
    while (Console.In.ReadLine() is { } line)
    {
        if (script.Log is { } log)
        {
            File.AppendAllText(log, line + "\n");
        }

        lines.Add(line);
    }

    Environment.Exit(0);
})
{ IsBackground = true };
input.Start();
if (script.Chatters)
{
    new Thread(() =>
    {
        while (true)
        {
            Console.Error.WriteLine(new string('x', 4000));
        }
    })
    { IsBackground = true }.Start();
}

JsonObject controls = [];
var history = new Queue<(long Id, JsonObject Controls)>();
long newestId = 0;
var (encoding, encodingHalf, halfAsked) = (true, false, false);
var size = new JsonArray(1280, 720);
var sequence = 0L;
var (configured, reconfigured) = (false, false);
var clock = Stopwatch.StartNew();
var end = TimeSpan.Zero;
while (true)
{
    // A sensor takes its time for each frame. Commands are heard meanwhile, and a new configuration breaks the frame off.
    reconfigured = false;
    var frame = configured ? Expose() : null;
    while (!reconfigured && lines.TryTake(out var line, frame is null ? Timeout.InfiniteTimeSpan : Left()))
    {
        Run(JsonNode.Parse(line)!.AsObject());
    }

    if (!reconfigured)
    {
        Deliver(frame!);
    }
}

TimeSpan Left() => end > clock.Elapsed ? end - clock.Elapsed : TimeSpan.Zero;

void Run(JsonObject command)
{
    var id = command["id"]?.GetValue<long>() ?? 0;
    switch (command["command"]!.GetValue<string>())
    {
        case "configure":
            var mode = hello["sensorModes"]!.AsArray().FirstOrDefault(m => JsonNode.DeepEquals(m!["size"], command["sensorMode"]));
            if (mode is null && command["sensorMode"] is not null)
            {
                Send("ERRO", new JsonObject { ["id"] = id, ["code"] = "badValue", ["message"] = "The sensor has no such mode." }, []);
                break;
            }

            if (configured && script.Trouble == "stuck" && !JsonNode.DeepEquals(size, command["size"]))
            {
                Send("ERRO", new JsonObject { ["id"] = id, ["code"] = "configureFailed", ["message"] = "There is no memory for frames." }, []);
                break;
            }

            (configured, reconfigured, end) = (true, true, clock.Elapsed);
            size = command["size"]!.AsArray();
            halfAsked = command["half"]?.GetValue<bool>() == true;
            Send("CONF", new JsonObject
            {
                ["id"] = id,
                ["size"] = size.DeepClone(),
                ["half"] = HasHalf() ? HalfOf(size) : null,
                ["sensorMode"] = (mode ?? hello["sensorModes"]![1])!.DeepClone(),
                ["horizontalFlip"] = command["horizontalFlip"]?.DeepClone(),
                ["verticalFlip"] = command["verticalFlip"]?.DeepClone(),
                ["controls"] = hello["controls"]!.DeepClone(),
                ["scalerCropMaximum"] = new JsonArray(0, 0, hello["pixelArraySize"]![0]!.GetValue<int>(), hello["pixelArraySize"]![1]!.GetValue<int>()),
                ["gap"] = 120_000,
            }, []);
            Take(id, command["controls"]?.AsObject() ?? []);

            // The first request of a configuration carries the set: it is in force from the first frame on.
            history.Clear();
            break;
        case "controls":
            Take(id, command["controls"]!.AsObject());
            break;
        case "encode":
            encoding = command["on"]!.GetValue<bool>();
            Send("ACKN", new JsonObject { ["id"] = id }, []);
            break;
        case "half":
            encodingHalf = command["on"]!.GetValue<bool>();
            Send("ACKN", new JsonObject { ["id"] = id }, []);
            break;
        case "still":
            TakeStill(id, command);
            break;
        case "quit":
            Environment.Exit(0);
            break;
        default:
            Send("ACKN", new JsonObject { ["id"] = id }, []);
            break;
    }
}

bool HasHalf() => halfAsked && halfJpeg is not null;

static JsonArray HalfOf(JsonArray size) => new(size[0]!.GetValue<int>() / 2, size[1]!.GetValue<int>() / 2);

void Take(long id, JsonObject set)
{
    newestId = id;
    controls = set;
    Send("ACKN", new JsonObject
    {
        ["id"] = id,
        ["applied"] = new JsonArray([.. set.Select(c => (JsonNode)c.Key)]),
        ["unsupported"] = new JsonArray(),
        ["refused"] = new JsonArray(),
    }, []);
}

void TakeStill(long id, JsonObject command)
{
    Thread.Sleep(script.StillTime);
    switch (script.Still)
    {
        case "fail":
            Send("ERRO", new JsonObject { ["code"] = "stillFailed", ["message"] = "The camera gave no picture.", ["id"] = id }, []);
            break;
        case "never":
            break;
        case "hang":
            Thread.Sleep(Timeout.Infinite);
            break;
        case "lost":
            Send("ERRO", new JsonObject { ["code"] = "lost", ["message"] = "The camera has gone." }, []);
            Environment.Exit(1);
            break;
        default:
            var set = command["controls"]!.AsObject();
            Send("STIL", new JsonObject
            {
                ["id"] = id,
                ["size"] = command["size"]!.DeepClone(),
                ["sequence"] = sequence++,
                ["timestamp"] = (long)clock.Elapsed.TotalNanoseconds,
                ["controlsId"] = newestId,
                ["metadata"] = new JsonObject
                {
                    ["ExposureTime"] = set["ExposureTime"]?.DeepClone() ?? 9_994,
                    ["AnalogueGain"] = set["AnalogueGain"]?.DeepClone() ?? 2.0,
                    ["ScalerCrop"] = set["ScalerCrop"]?.DeepClone(),
                },
            }, script.Still == "broken" ? [1, 2, 3] : jpeg);
            break;
    }

    // The stream starts anew.
    (reconfigured, end) = (true, clock.Elapsed);
}

JsonObject Expose()
{
    if (sequence == script.After)
    {
        Trouble();
    }

    history.Enqueue((newestId, controls));
    var effective = history.Count > EffectDelay ? history.Dequeue().Controls : history.Peek().Controls;
    var exposure = effective["ExposureTime"]?.GetValue<long>() ?? 9_994;
    var limits = effective["FrameDurationLimits"]?.AsArray();
    var (shortest, longest) = (limits?[0]!.GetValue<long>() ?? 33_333, limits?[1]!.GetValue<long>() ?? 33_333);
    var duration = Math.Clamp(exposure + 100, shortest, Math.Max(shortest, longest));
    end += TimeSpan.FromMicroseconds(duration);
    return new JsonObject
    {
        ["timestamp"] = (long)end.TotalNanoseconds,
        ["controlsId"] = newestId,
        ["encodeTime"] = 2000,
        ["dropped"] = 0,
        ["metadata"] = new JsonObject
        {
            ["ExposureTime"] = Math.Min(exposure, duration),
            ["AnalogueGain"] = effective["AnalogueGain"]?.DeepClone() ?? 2.0,
            ["DigitalGain"] = 1.0,
            ["ColourGains"] = effective["ColourGains"]?.DeepClone() ?? new JsonArray(1.9, 1.4),
            ["ColourTemperature"] = 5200,
            ["FrameDuration"] = duration,
            ["Lux"] = 412.5,
            ["AeState"] = 2,
            ["ScalerCrop"] = effective["ScalerCrop"]?.DeepClone(),
        },
    };
}

void Deliver(JsonObject frame)
{
    frame["sequence"] = sequence++;
    byte[] half = encoding && encodingHalf && HasHalf() ? halfJpeg! : [];
    if (half.Length > 0)
    {
        frame["half"] = new JsonObject { ["size"] = HalfOf(size), ["length"] = half.Length };
    }

    Send("FRAM", frame, [.. encoding ? jpeg : [], .. half]);
}

void Trouble()
{
    switch (script.Trouble)
    {
        case "die":
            Console.Error.WriteLine("the last words");
            Environment.Exit(3);
            break;
        case "stall":
            Thread.Sleep(Timeout.Infinite);
            break;
        case "garbage":
            output.Write(Encoding.UTF8.GetBytes("Segmentation fault, core not dumped, have a nice day"));
            output.Flush();
            break;
        case "truncate":
            Header("FRAM", 100, 5000);
            output.Write("{\"sequence\":"u8);
            output.Flush();
            Environment.Exit(0);
            break;
        case "lost":
            Send("ERRO", new JsonObject { ["code"] = "lost", ["message"] = "The camera has gone." }, []);
            Environment.Exit(1);
            break;
        case "corrupt":
            Send("FRAM", new JsonObject { ["sequence"] = sequence++, ["dropped"] = 0 }, [1, 2, 3]);
            break;
        case "oversize":
            Send("FRAM", new JsonObject { ["sequence"] = sequence++, ["dropped"] = 0 }, new byte[100 << 20]);
            break;
    }
}

void Send(string kind, JsonObject json, byte[] data)
{
    var text = JsonSerializer.SerializeToUtf8Bytes(json);
    Header(kind, text.Length, data.Length);
    output.Write(text);
    output.Write(data);
    output.Flush();
}

void Header(string kind, int jsonLength, int dataLength)
{
    Span<byte> header = stackalloc byte[12];
    Encoding.ASCII.GetBytes(kind, header);
    BinaryPrimitives.WriteInt32LittleEndian(header[4..], jsonLength);
    BinaryPrimitives.WriteInt32LittleEndian(header[8..], dataLength);
    output.Write(header);
}
