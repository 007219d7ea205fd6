using System.Globalization;
using System.Text.Json.Nodes;
using PiCam.Blazor.Api;
using PiCam.Core.Cameras;
using PiCam.Core.Cameras.Controls;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class CameraApiTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncLifetime
{
    private const string Path = "/api/camera/controls";

    public async ValueTask InitializeAsync()
    {
        host.Camera.Capabilities = FakeCamera.EveryControl;
        await host.Session.UpdateAsync(Callers.Operator, _ => CameraControls.Automatic);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Patch_SomeControls_ChangesTheseAndLeavesTheOthers()
    {
        await ApiHost.CallAsync(host.Operator, "PATCH", Path, """{"analogueGain":4,"frameRate":25}""");
        var (status, _, json) = await ApiHost.CallAsync(
            host.Operator, "PATCH", Path, """{"exposureTime":23456,"colourGains":[1.5,2],"awbMode":"daylight","exposureValue":-1}""",
            "application/merge-patch+json");

        Assert.Equal(200, status);
        var asked = json!["asked"]!.AsObject();
        var defaults = ControlValues.Asked(CameraControls.Automatic, FakeCamera.EveryControl);
        foreach (var (name, value) in JsonNode.Parse(
            """{"exposureTime":23456,"analogueGain":4,"exposureValue":-1,"awbMode":"daylight","colourGains":[1.5,2],"frameRate":25}""")!.AsObject())
        {
            defaults[name] = value!.DeepClone();
        }

        Assert.Equal(defaults.ToJsonString(), asked.ToJsonString());
        Assert.Contains("exposureTime", json["pending"]!.AsArray().Select(n => n!.GetValue<string>()));
        Assert.Equal(TimeSpan.FromMicroseconds(23456), host.Session.State.Asked.ExposureTime);
    }

    [Fact]
    public async Task Patch_Nulls_GoBackToAutomaticOrTheDefault()
    {
        await ApiHost.CallAsync(
            host.Operator, "PATCH", Path,
            """{"exposureTime":20000,"analogueGain":4,"exposureValue":2,"awbMode":"Cloudy","colourGains":[1,2],"frameRate":10,"scalerCrop":[648,607,1296,729]}""");
        Assert.NotEqual(CameraControls.Automatic, host.Session.State.Asked);
        var (status, _, _) = await ApiHost.CallAsync(
            host.Operator, "PATCH", Path,
            """{"exposureTime":null,"analogueGain":null,"exposureValue":null,"awbMode":null,"colourGains":null,"frameRate":null,"scalerCrop":null}""");

        Assert.Equal(200, status);
        Assert.Equal(CameraControls.Automatic, host.Session.State.Asked);
    }

    [Fact]
    public async Task Get_AfterFramesConfirm_ShowsActualAndNothingPending()
    {
        await ApiHost.CallAsync(host.Operator, "PATCH", Path, """{"exposureTime":20000,"frameRate":25,"scalerCrop":[648,607,1296,729]}""");
        await Eventually.TrueAsync(
            () =>
            {
                host.Camera.Send();
                return !host.Session.State.Pending.Any();
            },
            "the frames confirm the controls",
            TestContext.Current.CancellationToken);

        var (_, _, json) = await ApiHost.CallAsync(host.Viewer, "GET", Path);
        Assert.Empty(json!["pending"]!.AsArray());
        Assert.Equal(
            """{"exposureTime":20000,"analogueGain":2,"colourGains":[1.5,1.6],"scalerCrop":[648,607,1296,729],"frameRate":25}""",
            json["actual"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"exposureTime":5}""", "exposureTime", "exposureTime is 5 µs; allowed is 100 µs to 6000000 µs.")]
    [InlineData("""{"exposureTime":9223372036854775807}""", "exposureTime", "9223372036854775807")]
    [InlineData("""{"exposureTime":10.5}""", "exposureTime", "a whole number, 100 to 6000000 µs")]
    [InlineData("""{"exposureTime":"10ms"}""", "exposureTime", "a whole number")]
    [InlineData("""{"analogueGain":17}""", "analogueGain", "analogueGain is 17; allowed is 1 to 16.")]
    [InlineData("""{"analogueGain":1e999}""", "analogueGain", "1 to 16")]
    [InlineData("""{"analogueGain":"4"}""", "analogueGain", "a number")]
    [InlineData("""{"exposureValue":-9}""", "exposureValue", "-8 EV to 8 EV")]
    [InlineData("""{"awbMode":"moonlight"}""", "awbMode", "Daylight")]
    [InlineData("""{"awbMode":"2"}""", "awbMode", "Daylight")]
    [InlineData("""{"awbMode":"fluorescent"}""", "awbMode", "Daylight")]
    [InlineData("""{"colourGains":[1]}""", "colourGains", "[red, blue]")]
    [InlineData("""{"colourGains":[1,33]}""", "colourGains", "blue 33; allowed is 0 to 32")]
    [InlineData("""{"frameRate":100}""", "frameRate", "0.1 fps to 43.3 fps")]
    [InlineData("""{"scalerCrop":[0,0,2592,1944]}""", "scalerCrop", "2592×1458 at 0,243")]
    [InlineData("""{"scalerCrop":[1.5,0,10,10]}""", "scalerCrop", "four whole numbers")]
    [InlineData("""{"brightness":1.5}""", "brightness", "brightness is 1.5; allowed is -1 to 1.")]
    [InlineData("""{"sharpness":"much"}""", "sharpness", "a number, 0 to 16, or null for 1")]
    [InlineData("""{"quality":55.5}""", "quality", "a whole number, 1 to 100")]
    [InlineData("""{"size":"1024x768"}""", "size", "640x360, 1280x720, 1920x1080")]
    [InlineData("""{"aeConstraintMode":"shadows"}""", "aeConstraintMode", "Normal, Highlight")]
    [InlineData("""{"horizontalFlip":1}""", "horizontalFlip", "true or false")]
    [InlineData("""{"rotation":90}""", "rotation", "Rotate90")]
    [InlineData("""{"shutter":1}""", "shutter", "one of the fields exposureTime")]
    [InlineData("""{"ExposureTime":20000}""", "ExposureTime", "one of the fields exposureTime")]
    public async Task Patch_ValueThatCannotBeUsed_NamesFieldValueAndRangeAndChangesNothing(string body, string field, string message)
    {
        var problem = await ApiHost.ProblemAsync(400, host.Operator, "PATCH", Path, body);

        Assert.Equal(field, Assert.Single(problem["errors"]!.AsObject()).Key);
        Assert.Contains(message, problem["errors"]![field]!.AsArray()[0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(CameraControls.Automatic, host.Session.State.Asked);
    }

    [Fact]
    public async Task Patch_OneGoodOneBad_ChangesNeither()
    {
        await ApiHost.ProblemAsync(400, host.Operator, "PATCH", Path, """{"analogueGain":4,"frameRate":1000}""");

        Assert.Equal(CameraControls.Automatic, host.Session.State.Asked);
    }

    [Theory]
    [InlineData("{", 400, "application/json")]
    [InlineData("[]", 400, "application/json")]
    [InlineData("null", 400, "application/json")]
    [InlineData("", 400, "application/json")]
    [InlineData("exposureTime=1", 415, "text/plain")]
    public async Task Patch_NotAJsonObject_IsAProblem(string body, int status, string type) =>
        await ApiHost.ProblemAsync(status, host.Operator, "PATCH", Path, body, type);

    [Fact]
    public async Task Patch_HugeBody_IsAProblem() =>
        await ApiHost.ProblemAsync(413, host.Operator, "PATCH", Path, "{\"awbMode\":\"" + new string('x', 100_000) + "\"}");

    [Fact]
    public async Task Patch_ByAViewer_IsRefusedBeforeTheBodyIsRead()
    {
        var problem = await ApiHost.ProblemAsync(403, host.Viewer, "PATCH", Path, "{");

        Assert.Contains("Operator", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Capabilities_OfTheRunningCamera_OffersWhatPatchTakes()
    {
        var (status, _, json) = await ApiHost.CallAsync(host.Viewer, "GET", "/api/camera/capabilities");

        Assert.Equal(200, status);
        Assert.Equal("OV5647 (fake)", json!["model"]!.GetValue<string>());
        Assert.Equal(1280, json["size"]!["width"]!.GetValue<int>());
        Assert.Equal((2592, false), (json["stillSize"]!["width"]!.GetValue<int>(), json["stillPausesStream"]!.GetValue<bool>()));
        Assert.Equal("""{"minimum":100,"maximum":6000000,"default":10000}""", json["controls"]!["exposureTime"]!.ToJsonString());
        Assert.Equal("""["auto","tungsten","daylight","cloudy"]""", json["controls"]!["awbMode"]!.ToJsonString());
        foreach (var mode in json["controls"]!["awbMode"]!.AsArray())
        {
            var body = string.Create(CultureInfo.InvariantCulture, $$"""{"awbMode":{{mode!.ToJsonString()}}}""");
            Assert.Equal(200, (await ApiHost.CallAsync(host.Operator, "PATCH", Path, body)).Status);
        }
    }

    [Fact]
    public async Task Patch_EveryControlThatTheCameraOffers_IsTakenAndReadBack()
    {
        var (_, _, capabilities) = await ApiHost.CallAsync(host.Viewer, "GET", "/api/camera/capabilities");
        var offered = capabilities!["controls"]!.AsObject();
        Assert.Equal(ControlTable.All.Select(control => control.Name), offered.Select(field => field.Key));
        foreach (var (name, limits) in offered)
        {
            JsonNode?[] values = (name, limits) switch
            {
                (ControlNames.ColourGains, _) => [new JsonArray(1.25, 2.5)],
                (ControlNames.ScalerCrop, _) => [new JsonArray(648, 607, 1296, 729)],
                (_, JsonArray choices) => [.. choices],
                _ => [limits!["minimum"], limits["maximum"]],
            };
            foreach (var value in values)
            {
                var body = new JsonObject { [name] = value!.DeepClone() }.ToJsonString();
                var (status, _, json) = await ApiHost.CallAsync(host.Operator, "PATCH", Path, body);

                Assert.True(status == 200, $"{body}: {json?.ToJsonString()}");
                Assert.Equal(value.ToJsonString(), json!["asked"]![name]!.ToJsonString());
            }
        }
    }

    [Fact]
    public async Task Patch_ColourTemperatureAfterGains_TheLastOneIsInForce()
    {
        await ApiHost.CallAsync(host.Operator, "PATCH", Path, """{"colourGains":[1.5,2]}""");
        await ApiHost.CallAsync(host.Operator, "PATCH", Path, """{"colourTemperature":3200}""");
        Assert.Equal((null, 3200.0), (host.Session.State.Asked.ColourGains, host.Session.State.Asked.ColourTemperature));

        await ApiHost.CallAsync(host.Operator, "PATCH", Path, """{"colourGains":[1.5,2]}""");
        Assert.Equal((new ColourGains(1.5, 2), null), (host.Session.State.Asked.ColourGains, host.Session.State.Asked.ColourTemperature));
    }
}
