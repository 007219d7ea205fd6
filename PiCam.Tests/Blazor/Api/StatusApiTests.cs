using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Core.Viewing;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class StatusApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("/healthz", "ok")]
    [InlineData("/readyz", "Healthy")]
    public async Task Health_Anonymous_SaysOneWord(string path, string word)
    {
        using var response = await host.Anonymous.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(word, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Status_Live_SaysWhatRuns()
    {
        var (status, _, json) = await ApiHost.CallAsync(host.Viewer, "GET", "/api/status");

        Assert.Equal(200, status);
        Assert.Equal("OV5647 (fake)", json!["camera"]!.GetValue<string>());
        Assert.Equal("fake", json["source"]!.GetValue<string>());
        Assert.Equal("live", json["state"]!.GetValue<string>());
        Assert.Equal(720, json["size"]!["height"]!.GetValue<int>());
        Assert.Equal(0, json["viewers"]!.GetValue<int>());
        Assert.NotNull(json["gimbal"]!["position"]);
        Assert.Matches(@"^\d+\.\d+\.\d+$", json["version"]!.GetValue<string>());
        Assert.True(json["uptime"]!.GetValue<double>() > 0);
    }

    [Fact]
    public async Task Status_StreamsOpen_NamesWhoWatches()
    {
        var opening = Task.WhenAll(OpenAsync(), OpenAsync());
        await Eventually.TrueAsync(
            () =>
            {
                host.Camera.Send();
                return opening.IsCompleted;
            },
            "both streams are open",
            TestContext.Current.CancellationToken);
        var streams = await opening;

        var (_, _, json) = await ApiHost.CallAsync(host.Operator, "GET", "/api/status");

        Assert.Equal(2, json!["viewers"]!.GetValue<int>());
        var vera = Assert.Single(json["watching"]!.AsArray())!;
        Assert.Equal("vera", vera["name"]!.GetValue<string>());
        Assert.True(vera["program"]!.GetValue<bool>());
        Assert.Equal(["stream", "stream"], vera["kinds"]!.AsArray().Select(k => k!.GetValue<string>()));

        Array.ForEach(streams, stream => stream.Dispose());
        await Eventually.TrueAsync(
            () => host.Services.GetRequiredService<Viewers>().Now.Count == 0, "nobody watches", TestContext.Current.CancellationToken);

        Task<HttpResponseMessage> OpenAsync() => host.Viewer.GetAsync(
            new Uri("/stream.mjpg", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("GET", "/snapshot.jpg")]
    [InlineData("GET", "/stream.mjpg")]
    [InlineData("GET", "/api/status")]
    [InlineData("GET", "/api/camera/capabilities")]
    [InlineData("GET", "/api/camera/controls")]
    [InlineData("PATCH", "/api/camera/controls")]
    [InlineData("GET", "/api/gimbal")]
    [InlineData("POST", "/api/gimbal/home")]
    [InlineData("POST", "/api/camera/restart")]
    [InlineData("GET", "/api/privacy")]
    [InlineData("PUT", "/api/privacy")]
    [InlineData("GET", "/openapi/v1.json")]
    public async Task AnyRoute_Anonymous_IsAnswered401WithoutAPicture(string method, string path)
    {
        var (status, type, _) = await ApiHost.CallAsync(host.Anonymous, method, path);

        Assert.Equal((401, "application/problem+json"), (status, type));
    }

    [Theory]
    [InlineData(404, "GET", "/api/nonsense")]
    [InlineData(404, "POST", "/api/gimbal/dance")]
    [InlineData(405, "DELETE", "/api/gimbal")]
    public async Task UnknownRoute_SignedIn_IsAProblem(int status, string method, string path) =>
        await ApiHost.ProblemAsync(status, host.Operator, method, path);

    [Theory]
    [InlineData("HEAD", "/api/status", "GET")]
    [InlineData("GET", "/api/gimbal/home", "POST")]
    [InlineData("DELETE", "/api/camera/controls", "GET, PATCH")]
    public async Task OtherMethod_SignedIn_IsToldWhichTheAddressTakes(string method, string path, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await host.Operator.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, allowed), (answer.StatusCode, string.Join(", ", answer.Content.Headers.Allow)));
    }
}
