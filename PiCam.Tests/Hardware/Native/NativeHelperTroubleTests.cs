using System.Text.Json.Nodes;
using Xunit;

namespace PiCam.Tests.Hardware.Native;

/// <summary>Commands that only a broken or hostile program would send: each is answered, and the picture goes on.</summary>
public sealed class NativeHelperTroubleTests
{
    [Theory]
    [InlineData("{\"command\":\"configure\",\"id\":2,\"size\":[640,480],\"controls\":5}")]
    [InlineData("{\"command\":\"configure\",\"id\":2,\"size\":[-640,480]}")]
    [InlineData("{\"command\":\"configure\",\"id\":2,\"size\":[1e300,480]}")]
    [InlineData("{\"command\":\"configure\",\"id\":2,\"size\":[4294967936,480]}")]
    [InlineData("{\"command\":\"configure\",\"id\":2,\"size\":5}")]
    [InlineData("{\"command\":\"configure\",\"id\":2,\"size\":[640,480],\"buffers\":4294967300}")]
    [InlineData("{\"command\":\"configure\",\"id\":-2,\"size\":[640,480]}")]
    [InlineData("{\"command\":\"quality\",\"id\":2,\"quality\":4294967376}")]
    [InlineData("{\"command\":\"quality\",\"id\":2,\"quality\":\"80\"}")]
    [InlineData("{\"command\":\"still\",\"id\":2,\"quality\":1000}")]
    [InlineData("{\"command\":\"still\",\"id\":2,\"size\":[-1,-1]}")]
    [InlineData("{\"command\":\"still\",\"id\":2,\"patience\":0}")]
    [InlineData("{\"command\":\"still\",\"id\":2,\"patience\":1e9}")]
    [InlineData("{\"command\":\"still\",\"id\":2,\"controls\":5}")]
    [InlineData("{\"command\":\"stamp\",\"id\":2,\"x\":-1,\"y\":0,\"width\":1,\"height\":1,\"mask\":\"AA==\"}")]
    [InlineData("{\"command\":\"stamp\",\"id\":2,\"x\":0,\"y\":0,\"width\":4294967297,\"height\":1,\"mask\":\"AA==\"}")]
    [InlineData("{\"command\":5,\"id\":2}")]
    public Task Command_WithValuesThatCannotBe_IsAnsweredAndTheCameraGoesOn(string line) => RefusedAsync(line);

    [Fact]
    public Task Command_NestedWithoutEnd_IsAnsweredAndTheCameraGoesOn() =>
        RefusedAsync($"{{\"command\":\"encode\",\"on\":true,\"id\":{new string('[', 400_000)}{new string(']', 400_000)}}}");

    [Theory]
    [InlineData("{\"FrameDurationLimits\":20000}")]
    [InlineData("{\"FrameDurationLimits\":[]}")]
    [InlineData("{\"FrameDurationLimits\":[20000]}")]
    [InlineData("{\"FrameDurationLimits\":[20000,20000,20000]}")]
    [InlineData("{\"FrameDurationLimits\":[1e300,1e300]}")]
    [InlineData("{\"FrameDurationLimits\":[-1,18446744073709551615]}")]
    [InlineData("{\"FrameDurationLimits\":[3600000000,3600000000]}")]
    [InlineData("{\"FaceDetectMode\":[0]}")]
    [InlineData("{\"FaceDetectMode\":4294967296}")]
    [InlineData("{\"FaceDetectMode\":-4294967296.0}")]
    [InlineData("{\"FaceDetectMode\":{\"Off\":0}}")]
    public async Task Controls_OfAnotherKindOrBeyondTheType_AreRefusedAndTheCameraGoesOn(string controls)
    {
        using var helper = new NativeHelper();
        await helper.ConfigureAsync();
        await helper.NextAsync("FRAM");
        var asked = JsonNode.Parse(controls)!.AsObject();
        var id = helper.Send("controls", new JsonObject { ["controls"] = asked.DeepClone() });

        var answer = (await helper.NextAsync("ACKN", m => m.Json.GetProperty("id").GetInt64() == id)).Json;

        Assert.Empty(answer.GetProperty("applied").EnumerateArray());
        var refused = Assert.Single(answer.GetProperty("refused").EnumerateArray());
        Assert.Equal(asked.Single().Key, refused.GetProperty("name").GetString());
        await GoesOnAsync(helper);
    }

    [Fact]
    public async Task Controls_ListLeftOut_GoesBackToItsDefaultAsAList()
    {
        using var helper = new NativeHelper();
        await helper.ConfigureAsync(controls: new JsonObject { ["FrameDurationLimits"] = new JsonArray(20000, 20000) });
        await helper.NextAsync("FRAM");
        var before = helper.Requests.Count;
        var id = helper.Send("controls", new JsonObject { ["controls"] = new JsonObject() });
        await helper.NextAsync("FRAM", m => m.Json.GetProperty("controlsId").GetInt64() == id);

        var set = Assert.Single(helper.Requests.Skip(before), r => r.Count > 0);
        Assert.Contains("33333, 33333", set["FrameDurationLimits"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(string line)
    {
        using var helper = new NativeHelper();
        await helper.ConfigureAsync();
        helper.SendLine(line);

        Assert.Equal("badCommand", (await helper.NextAsync("ERRO")).Json.GetProperty("code").GetString());
        await GoesOnAsync(helper);
    }

    /// <summary>More frames than may have been on their way.</summary>
    private static async Task GoesOnAsync(NativeHelper helper)
    {
        for (var i = 0; i < 10; i++)
        {
            await helper.NextAsync("FRAM");
        }
    }
}
