using System.Globalization;
using PiCam.Core.Cameras;
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
            host.Operator, "PATCH", Path, """{"exposureTime":20000,"colourGains":[1.5,2],"awbMode":"daylight","exposureValue":-1}""",
            "application/merge-patch+json");

        Assert.Equal(200, status);
        Assert.Equal(
            """{"exposureTime":20000,"analogueGain":4,"exposureValue":-1,"awbMode":"daylight","colourGains":[1.5,2],"frameRate":25,"scalerCrop":null}""",
            json!["asked"]!.ToJsonString());
        Assert.Contains("exposureTime", json["pending"]!.AsArray().Select(n => n!.GetValue<string>()));
        Assert.Equal(TimeSpan.FromMilliseconds(20), host.Session.State.Asked.ExposureTime);
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
            """{"exposureTime":20000,"analogueGain":2,"colourGains":[1.5,1.6],"frameRate":25,"scalerCrop":[648,607,1296,729]}""",
            json["actual"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"exposureTime":5}""", "exposureTime", "exposureTime is 5 µs; allowed is 100 µs to 6000000 µs.")]
    [InlineData("""{"exposureTime":9223372036854775807}""", "exposureTime", "9223372036854775807")]
    [InlineData("""{"exposureTime":10.5}""", "exposureTime", "whole microseconds, 100 to 6000000")]
    [InlineData("""{"exposureTime":"10ms"}""", "exposureTime", "whole microseconds")]
    [InlineData("""{"analogueGain":17}""", "analogueGain", "analogueGain is 17; allowed is 1 to 16.")]
    [InlineData("""{"analogueGain":1e999}""", "analogueGain", "1 to 16")]
    [InlineData("""{"analogueGain":"4"}""", "analogueGain", "a number")]
    [InlineData("""{"exposureValue":-9}""", "exposureValue", "-8 EV to 8 EV")]
    [InlineData("""{"awbMode":"moonlight"}""", "awbMode", "Daylight")]
    [InlineData("""{"awbMode":"2"}""", "awbMode", "Daylight")]
    [InlineData("""{"awbMode":"fluorescent"}""", "awbMode", "Daylight")]
    [InlineData("""{"colourGains":[1]}""", "colourGains", "[red, blue]")]
    [InlineData("""{"colourGains":[1,33]}""", "colourGains", "blue 0 to blue 32")]
    [InlineData("""{"frameRate":100}""", "frameRate", "0.1 fps to 43.3 fps")]
    [InlineData("""{"scalerCrop":[0,0,2592,1944]}""", "scalerCrop", "2592×1458 at 0,243")]
    [InlineData("""{"scalerCrop":[1.5,0,10,10]}""", "scalerCrop", "four whole numbers")]
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
        Assert.Equal("""{"minimum":100,"maximum":6000000,"default":10000}""", json["controls"]!["exposureTime"]!.ToJsonString());
        Assert.Equal("""["auto","tungsten","daylight","cloudy"]""", json["controls"]!["awbMode"]!.ToJsonString());
        foreach (var mode in json["controls"]!["awbMode"]!.AsArray())
        {
            var body = string.Create(CultureInfo.InvariantCulture, $$"""{"awbMode":{{mode!.ToJsonString()}}}""");
            Assert.Equal(200, (await ApiHost.CallAsync(host.Operator, "PATCH", Path, body)).Status);
        }
    }
}
