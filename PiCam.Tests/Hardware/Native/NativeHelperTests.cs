using System.Text.Json;
using System.Text.Json.Nodes;
using PiCam.Hardware.Libcamera;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Hardware.Native;

/// <summary>
/// picam-camera against Debian's unmodified libcamera. Its virtual pipeline ignores controls, so nothing is claimed of their
/// effects; a spy on Camera::queueRequest sees what the requests carry.
/// </summary>
public sealed class NativeHelperTests
{
    private static readonly string[] BothControls = ["FaceDetectMode", "FrameDurationLimits"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hello_VirtualCamera_SaysWhatItIs()
    {
        using var helper = new NativeHelper();
        var hello = (await helper.NextAsync("HELO")).Json;

        Assert.Equal(1, hello.GetProperty("protocol").GetInt32());
        Assert.Equal("PiCam Virtual", hello.GetProperty("model").GetString());
        Assert.StartsWith("v0.", hello.GetProperty("libcamera").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Array, hello.GetProperty("sizeRange").ValueKind);
        var limits = hello.GetProperty("controls").GetProperty("FrameDurationLimits");
        Assert.Equal((16666, 33333), (limits.GetProperty("minimum").GetInt32(), limits.GetProperty("maximum").GetInt32()));
        var modes = hello.GetProperty("controls").GetProperty("FaceDetectMode").GetProperty("values");
        Assert.Equal(["Off"], modes.EnumerateObject().Select(m => m.Name));
    }

    [Fact]
    public async Task Frames_InOneProcess_DecodeAndCountWithoutHoles()
    {
        using var helper = new NativeHelper();
        await helper.ConfigureAsync();
        long? last = null;
        for (var i = 0; i < 40; i++)
        {
            var frame = await helper.NextAsync("FRAM");
            using var picture = SKBitmap.Decode(frame.Data);
            Assert.Equal((1280, 720), (picture.Width, picture.Height));
            var (sequence, dropped) = (frame.Json.GetProperty("sequence").GetInt64(), frame.Json.GetProperty("dropped").GetInt64());
            Assert.True(last is null || sequence - dropped == last + 1, $"{last} is followed by {sequence}, {dropped} dropped");
            last = sequence - dropped;
        }
    }

    [Fact]
    public async Task Controls_EachSet_GoesOutWholeWithTheNextRequest()
    {
        using var helper = new NativeHelper();
        await helper.ConfigureAsync();

        // The configuration's own controls go out with its first request, which may come after its answer.
        await helper.NextAsync("FRAM");
        foreach (var duration in new[] { 20000, 25000, 30000 })
        {
            var before = helper.Requests.Count;
            var id = helper.Send("controls", new JsonObject
            {
                ["controls"] = new JsonObject
                {
                    ["FrameDurationLimits"] = new JsonArray(duration, duration),
                    ["FaceDetectMode"] = "Off",
                    ["LensPosition"] = 2.5,
                },
            });
            var answer = (await helper.NextAsync("ACKN", m => m.Json.GetProperty("id").GetInt64() == id)).Json;
            Assert.Equal(BothControls, answer.GetProperty("applied").EnumerateArray().Select(a => a.GetString()).Order());
            Assert.Equal(["LensPosition"], answer.GetProperty("unsupported").EnumerateArray().Select(a => a.GetString()));
            Assert.Empty(answer.GetProperty("refused").EnumerateArray());
            await helper.NextAsync("FRAM", m => m.Json.GetProperty("controlsId").GetInt64() == id);

            var carried = helper.Requests.Skip(before).Where(r => r.Count > 0).ToList();
            var set = Assert.Single(carried);
            Assert.Equal(BothControls, set.Select(c => c.Key).Order());
            Assert.Contains($"{duration}, {duration}", set["FrameDurationLimits"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Controls_OutOfRange_AreRefusedWithTheRangeAndTheRestApplies()
    {
        using var helper = new NativeHelper();
        await helper.ConfigureAsync();
        helper.Send("controls", new JsonObject
        {
            ["controls"] = new JsonObject { ["FrameDurationLimits"] = new JsonArray(1, 1), ["FaceDetectMode"] = 0 },
        });
        var answer = (await helper.NextAsync("ACKN", m => m.Json.TryGetProperty("refused", out var r) && r.GetArrayLength() > 0)).Json;

        var refused = answer.GetProperty("refused")[0];
        Assert.Equal(("FrameDurationLimits", 16666, 33333), (
            refused.GetProperty("name").GetString(), refused.GetProperty("minimum").GetInt32(), refused.GetProperty("maximum").GetInt32()));
        Assert.Equal(["FaceDetectMode"], answer.GetProperty("applied").EnumerateArray().Select(a => a.GetString()));
    }

    [Fact]
    public async Task Configure_Again_ChangesTheSizeInTheSameProcessAndSendsTheControlsAgain()
    {
        using var helper = new NativeHelper();
        await helper.ConfigureAsync();
        await helper.NextAsync("FRAM");
        var before = helper.Requests.Count;

        Assert.Equal(0, (await helper.ConfigureAsync()).GetProperty("gap").GetInt64());
        var configured = await helper.ConfigureAsync(640, 480);

        Assert.Equal(640, configured.GetProperty("size")[0].GetInt32());
        Assert.True(configured.GetProperty("gap").GetInt64() > 0);
        var frame = await helper.NextAsync("FRAM", m => Decode(m) is (640, 480));
        Assert.True(frame.Json.GetProperty("sequence").GetInt64() > 0);
        Assert.Contains(helper.Requests.Skip(before), r => r.ContainsKey("FrameDurationLimits"));
    }

    [Fact]
    public async Task Encode_Off_GivesMetadataAndNoPictures()
    {
        using var helper = new NativeHelper();
        await helper.ConfigureAsync();
        helper.Send("encode", new JsonObject { ["on"] = false });
        await helper.NextAsync("FRAM", m => m.Data.Length == 0);
        helper.Send("encode", new JsonObject { ["on"] = true });
        await helper.NextAsync("FRAM", m => m.Data.Length > 0);
    }

    [Fact]
    public async Task Still_IsTheLargestAndTheLivePictureGoesOn()
    {
        using var helper = new NativeHelper();
        await helper.ConfigureAsync();
        await helper.NextAsync("FRAM");
        var id = helper.Send("still", new JsonObject { ["quality"] = 95 });

        var still = await helper.NextAsync("STIL");

        Assert.Equal(id, still.Json.GetProperty("id").GetInt64());
        Assert.Equal((1920, 1080), Decode(still));
        await helper.NextAsync("FRAM", m => Decode(m) is (1280, 720));
    }

    [Fact]
    public async Task Still_ControlsOfItsOwn_AreOnlyForTheStill()
    {
        using var helper = new NativeHelper();
        await helper.ConfigureAsync();
        var live = helper.Send("controls", new JsonObject { ["controls"] = new JsonObject { ["FrameDurationLimits"] = new JsonArray(25000, 25000) } });
        await helper.NextAsync("FRAM", m => m.Json.GetProperty("controlsId").GetInt64() == live);
        var before = helper.Requests.Count;

        helper.Send("still", new JsonObject
        {
            ["patience"] = 20_000,
            ["controls"] = new JsonObject { ["FrameDurationLimits"] = new JsonArray(20000, 20000), ["LensPosition"] = 2.5 },
        });
        await helper.NextAsync("STIL");
        var frame = await helper.NextAsync("FRAM");

        Assert.Equal(live, frame.Json.GetProperty("controlsId").GetInt64());
        await Eventually.TrueAsync(() => Carried().Length >= 2, "the live set goes out again", Token);
        Assert.Equal(["20000, 20000", "25000, 25000"], Carried());

        string[] Carried() =>
        [
            .. helper.Requests.Skip(before).Where(r => r.Count > 0).Select(r => r["FrameDurationLimits"]!.GetValue<string>().Trim('[', ' ', ']')),
        ];
    }

    [Fact]
    public async Task Still_CameraUnpluggedMeanwhile_IsSaidAtOnce()
    {
        using var helper = NativeHelper.UnpluggedAt(1920);
        await helper.ConfigureAsync();
        await helper.NextAsync("FRAM");
        helper.Send("still", new JsonObject { ["quality"] = 95 });

        var error = (await helper.NextAsync("ERRO")).Json;

        Assert.Equal(("lost", false), (error.GetProperty("code").GetString(), error.TryGetProperty("id", out _)));
        Assert.Equal(1, await helper.EndAsync());
    }

    [Fact]
    public async Task Stamp_IsBlendedIntoThePictureWhereItShould()
    {
        using var helper = new NativeHelper();
        await helper.ConfigureAsync();
        helper.Send("stamp", new JsonObject
        {
            ["x"] = 100,
            ["y"] = 200,
            ["width"] = 64,
            ["height"] = 32,
            ["mask"] = Convert.ToBase64String(Enumerable.Repeat((byte)255, 64 * 32).ToArray()),
        });
        await helper.NextAsync("FRAM", m => Brightness(m.Data, 132, 216) > 240);
        helper.Send("stamp", new JsonObject { ["mask"] = null });
        await helper.NextAsync("FRAM", m => Brightness(m.Data, 132, 216) < 240);
    }

    [Theory]
    [InlineData("{{{", "badCommand")]
    [InlineData("[]", "badCommand")]
    [InlineData("{\"command\":\"dance\",\"id\":1}", "badCommand")]
    [InlineData("{\"command\":\"configure\",\"id\":1,\"sensorMode\":[1,1]}", "badValue")]
    [InlineData("{\"command\":\"quality\",\"id\":1,\"quality\":0}", "badCommand")]
    [InlineData("{\"command\":\"stamp\",\"id\":1,\"x\":0,\"y\":0,\"width\":2,\"height\":2,\"mask\":\"AAA=\"}", "badCommand")]
    public async Task Command_ThatCannotBe_IsAnsweredAndTheCameraGoesOn(string line, string code)
    {
        using var helper = new NativeHelper();
        await helper.ConfigureAsync();
        helper.SendLine(line);

        Assert.Equal(code, (await helper.NextAsync("ERRO")).Json.GetProperty("code").GetString());
        await helper.NextAsync("FRAM");
    }

    [Fact]
    public async Task Line_LongerThanAllowed_IsAnsweredAndTheNextIsRead()
    {
        using var helper = new NativeHelper();
        await helper.ConfigureAsync();
        helper.SendLine(new string('x', 2 << 20));
        helper.Send("encode", new JsonObject { ["on"] = true });

        Assert.Equal("badCommand", (await helper.NextAsync("ERRO")).Json.GetProperty("code").GetString());
        await helper.NextAsync("ACKN", m => m.Json.GetProperty("id").GetInt64() == 2);
    }

    [Fact]
    public async Task Camera_ThatIsNotThere_IsAnErrorAndTheEnd()
    {
        using var helper = new NativeHelper("--camera", "nobody");

        Assert.Equal("unknownCamera", (await helper.NextAsync("ERRO")).Json.GetProperty("code").GetString());
        Assert.Equal(1, await helper.EndAsync());
    }

    [Fact]
    public async Task Input_Ends_TheHelperEndsCleanly()
    {
        using var helper = new NativeHelper();
        await helper.ConfigureAsync();
        await helper.NextAsync("FRAM");

        Assert.Equal(0, await helper.EndAsync());
    }

    [Fact]
    public async Task Reader_Slow_LosesFramesThatAreCountedAndNothingElse()
    {
        using var helper = new NativeHelper();
        await helper.ConfigureAsync(1920, 1080, new JsonObject { ["FrameDurationLimits"] = new JsonArray(16666, 16666) });
        var first = await helper.NextAsync("FRAM");

        // The pipe fills, and the helper goes on taking pictures that nobody reads.
        var requests = helper.Requests.Count;
        await Eventually.TrueAsync(() => helper.Requests.Count > requests + 120, "it goes on without a reader", Token);
        var lost = await helper.NextAsync("FRAM", m => m.Json.GetProperty("dropped").GetInt64() > 0);
        for (var i = 0; i < 10; i++)
        {
            lost = await helper.NextAsync("FRAM");
        }

        var holes = lost.Json.GetProperty("sequence").GetInt64() - first.Json.GetProperty("sequence").GetInt64();
        Assert.True(lost.Json.GetProperty("dropped").GetInt64() <= holes, "More frames were dropped than there were.");
    }

    private static (int Width, int Height) Decode(HelperMessage message)
    {
        using var picture = SKBitmap.Decode(message.Data);
        return (picture.Width, picture.Height);
    }

    /// <summary>The least of a pixel's three channels, 0 to 255.</summary>
    internal static int Brightness(byte[] jpeg, int x, int y)
    {
        using var picture = SKBitmap.Decode(jpeg);
        var pixel = picture.GetPixel(x, y);
        return Math.Min(pixel.Red, Math.Min(pixel.Green, pixel.Blue));
    }
}
