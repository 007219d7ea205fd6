using System.Text.Json.Nodes;

namespace PiCam.ScriptedHelper;

/// <summary>What the real helper says of real modules, after libcamera's raspberrypi pipeline (0.5).</summary>
internal static class Sensors
{
    public static JsonObject Hello(string sensor) => sensor switch
    {
        "imx708" => Hello("imx708", 4608, 2592, Modes((1536, 864, 120.1), (2304, 1296, 56.0), (4608, 2592, 14.3)), Imx708()),
        "few" => Hello("mono", 1280, 800, Modes((640, 400, 120), (1280, 800, 60)), Few()),
        _ => Hello("ov5647", 2592, 1944, Modes((640, 480, 58.9), (1296, 972, 43.3), (1920, 1080, 30.6), (2592, 1944, 15.6)), Common()),
    };

    private static JsonObject Hello(string model, int width, int height, JsonArray modes, JsonObject controls) => new()
    {
        ["protocol"] = 1,
        ["libcamera"] = "v0.5.2",
        ["id"] = $"/base/soc/i2c0mux/i2c@1/{model}@36",
        ["model"] = model,
        ["location"] = "external",
        ["rotation"] = 0,
        ["pixelArraySize"] = new JsonArray(width, height),
        ["sensorModes"] = modes,
        ["sizes"] = new JsonArray(),
        ["sizeRange"] = new JsonArray(new JsonArray(16, 16), new JsonArray(width, height), new JsonArray(2, 2)),
        ["transforms"] = new JsonArray("horizontalFlip", "verticalFlip"),
        ["still"] = "reconfigure",
        ["controls"] = controls,
    };

    private static JsonArray Modes(params (int Width, int Height, double Rate)[] modes) => [.. modes.Select(m => (JsonNode)new JsonObject
    {
        ["size"] = new JsonArray(m.Width, m.Height),
        ["bitDepth"] = 10,
        ["maximumFrameRate"] = m.Rate,
        ["crop"] = new JsonArray(0, 0, 2592, 1944),
    })];

    private static JsonObject Few() => new()
    {
        ["ExposureTime"] = Range("int32", 30, 1_000_000, 20_000),
        ["FrameDurationLimits"] = Range("int64", 16_666, 2_000_000, 33_333),
    };

    private static JsonObject Imx708()
    {
        var controls = Common();
        controls["ExposureTime"] = Range("int32", 26, 112_000_000, 20_000);
        controls["FrameDurationLimits"] = Range("int64", 8_325, 112_000_000, 33_333);
        controls["AfMode"] = Enumeration("Manual", "Auto", "Continuous");
        controls["AfRange"] = Enumeration("Normal", "Macro", "Full");
        controls["LensPosition"] = Range("float", 0, 32, 1);
        controls["HdrMode"] = Enumeration("Off", "MultiExposureUnmerged", "MultiExposure", "SingleExposure", "Night");
        return controls;
    }

    private static JsonObject Common() => new()
    {
        ["AeEnable"] = new JsonObject { ["type"] = "bool", ["minimum"] = false, ["maximum"] = true, ["default"] = true },
        ["ExposureTime"] = Range("int32", 130, 969_249, 20_000),
        ["AnalogueGain"] = Range("float", 1, 63.9375, 1),
        ["ExposureValue"] = Range("float", -8, 8, 0),
        ["AeExposureMode"] = Enumeration("Normal", "Short", "Long", "Custom"),
        ["AeMeteringMode"] = Enumeration("CentreWeighted", "Spot", "Matrix", "Custom"),
        ["AeConstraintMode"] = Enumeration("Normal", "Highlight", "Shadows", "Custom"),
        ["AeFlickerMode"] = new JsonObject
        {
            ["type"] = "int32",
            ["minimum"] = 0,
            ["maximum"] = 1,
            ["default"] = 0,
            ["values"] = new JsonObject { ["Off"] = 0, ["Manual"] = 1 },
        },
        ["AeFlickerPeriod"] = Range("int32", 100, 1_000_000, null),
        ["AwbEnable"] = new JsonObject { ["type"] = "bool", ["minimum"] = false, ["maximum"] = true, ["default"] = null },
        ["AwbMode"] = Enumeration("Auto", "Incandescent", "Tungsten", "Fluorescent", "Indoor", "Daylight", "Cloudy", "Custom"),
        ["ColourGains"] = Range("float", 0, 32, null),
        ["ColourTemperature"] = Range("int32", 100, 100_000, null),
        ["Brightness"] = Range("float", -1, 1, 0),
        ["Contrast"] = Range("float", 0, 32, 1),
        ["Saturation"] = Range("float", 0, 32, 1),
        ["Sharpness"] = Range("float", 0, 16, 1),
        ["NoiseReductionMode"] = Enumeration("Off", "Fast", "HighQuality", "Minimal", "ZSL"),
        ["ScalerCrop"] = new JsonObject
        {
            ["type"] = "rectangle",
            ["minimum"] = new JsonArray(0, 0, 64, 64),
            ["maximum"] = new JsonArray(0, 0, 2592, 1944),
            ["default"] = new JsonArray(0, 243, 2592, 1458),
        },
        ["FrameDurationLimits"] = Range("int64", 23_128, 6_000_000, 33_333),
    };

    private static JsonObject Range(string type, double minimum, double maximum, double? usual) => new()
    {
        ["type"] = type,
        ["minimum"] = minimum,
        ["maximum"] = maximum,
        ["default"] = usual,
    };

    private static JsonObject Enumeration(params string[] names) => new()
    {
        ["type"] = "int32",
        ["minimum"] = 0,
        ["maximum"] = names.Length - 1,
        ["default"] = 0,
        ["values"] = new JsonObject(names.Select((name, number) => KeyValuePair.Create(name, (JsonNode?)number))),
    };
}
