using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Core.Schedules;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

/// <summary>The schedule over HTTP.</summary>
public sealed class ScheduleApiTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncLifetime
{
    private const string Path = "/api/schedule";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        var book = host.Services.GetRequiredService<ScheduleBook>();
        foreach (var entry in book.All)
        {
            await book.RemoveAsync(Callers.Operator, entry.Id);
        }
    }

    [Fact]
    public async Task Entry_MadeChangedSwitchedAndRemoved_IsTold()
    {
        var (status, _, made) = await ApiHost.CallAsync(
            host.Operator, "POST", Path, """{"times": ["19:30", "07:00"], "weekdays": ["saturday", "sunday"], "task": "record", "duration": 120}""");
        var id = Text(made!["id"]);

        Assert.Equal(201, status);
        Assert.Equal("Saturday and Sunday at 07:00 and 19:30: record for 2 min.", Text(made["sentence"]));
        Assert.Equal(("record", 120.0, true, "otto", null), (Text(made["task"]), made["duration"]!.GetValue<double>(), made["on"]!.GetValue<bool>(), Text(made["by"]), made["target"]));
        Assert.True(made["nextAt"]!.GetValue<DateTimeOffset>() > DateTimeOffset.UnixEpoch);

        var changed = (await ApiHost.CallAsync(host.Operator, "PUT", $"{Path}/{id}", """{"everyMinutes": 15, "task": "burst", "count": 3}""")).Json!;
        Assert.Equal(("Every 15 minutes: take a burst of 3.", 3, null), (Text(changed["sentence"]), changed["count"]!.GetValue<int>(), changed["times"]));
        Assert.Equal(10, (await ApiHost.CallAsync(host.Viewer, "GET", $"{Path}/next")).Json!.AsArray().Count);

        var off = (await ApiHost.CallAsync(host.Operator, "PATCH", $"{Path}/{id}", """{"on": false}""")).Json!;
        Assert.Equal((false, null), (off["on"]!.GetValue<bool>(), off["nextAt"]));
        Assert.Empty((await ApiHost.CallAsync(host.Viewer, "GET", $"{Path}/next")).Json!.AsArray());
        Assert.Equal(id, Text((await ApiHost.CallAsync(host.Viewer, "GET", Path)).Json!.AsArray().Single()!["id"]));

        Assert.Equal(204, (await ApiHost.CallAsync(host.Operator, "DELETE", $"{Path}/{id}")).Status);
        Assert.Equal(404, (await ApiHost.CallAsync(host.Viewer, "GET", $"{Path}/{id}")).Status);
    }

    [Fact]
    public async Task Preview_SaysWhatWouldHappenAndChangesNothing()
    {
        var (status, _, preview) = await ApiHost.CallAsync(host.Operator, "POST", $"{Path}/preview", """{"cron": "*/20 6-9 * * 1-5", "task": "still"}""");

        Assert.Equal((200, 10), (status, preview!["next"]!.AsArray().Count));
        Assert.Equal("By the cron expression */20 6-9 * * 1-5: take a photo.", Text(preview["sentence"]));
        Assert.Empty((await ApiHost.CallAsync(host.Viewer, "GET", Path)).Json!.AsArray());
    }

    [Theory]
    [InlineData("""{"times": ["07:00"]}""", "task")]
    [InlineData("""{"task": "still"}""", "times")]
    [InlineData("""{"times": [], "task": "still"}""", "times")]
    [InlineData("""{"times": ["7 o'clock"], "task": "still"}""", "times")]
    [InlineData("""{"times": "07:00", "task": "still"}""", "times")]
    [InlineData("""{"times": ["07:00"], "everyMinutes": 5, "task": "still"}""", "everyMinutes")]
    [InlineData("""{"everyMinutes": 0.5, "task": "still"}""", "everyMinutes")]
    [InlineData("""{"sun": "noon", "task": "still"}""", "sun")]
    [InlineData("""{"times": ["07:00"], "offsetMinutes": 5, "task": "still"}""", "offsetMinutes")]
    [InlineData("""{"cron": "* * * * * *", "task": "still"}""", "cron")]
    [InlineData("""{"cron": "0 7 * * *", "weekdays": ["monday"], "task": "still"}""", "weekdays")]
    [InlineData("""{"times": ["07:00"], "weekdays": ["someday"], "task": "still"}""", "weekdays")]
    [InlineData("""{"times": ["07:00"], "task": "sing"}""", "task")]
    [InlineData("""{"times": ["07:00"], "task": "still", "count": 3}""", "count")]
    [InlineData("""{"times": ["07:00"], "task": "burst", "count": 1e9}""", "count")]
    [InlineData("""{"times": ["07:00"], "task": "record", "duration": -1}""", "duration")]
    [InlineData("""{"times": ["07:00"], "task": "look", "target": "nobody's"}""", "target")]
    [InlineData("""{"times": ["07:00"], "task": "preset"}""", "target")]
    [InlineData("""{"times": ["07:00"], "task": "still", "shell": "rm"}""", "shell")]
    public async Task Post_Nonsense_IsRefusedByField(string body, string field)
    {
        var (status, _, problem) = await ApiHost.CallAsync(host.Operator, "POST", Path, body);

        Assert.Equal(400, status);
        Assert.Contains(field, problem!["errors"]!.AsObject().Select(error => error.Key));
        Assert.Empty((await ApiHost.CallAsync(host.Viewer, "GET", Path)).Json!.AsArray());
    }

    [Fact]
    public async Task Viewer_LooksButChangesNothing()
    {
        var id = Text((await ApiHost.CallAsync(host.Operator, "POST", Path, """{"times": ["07:00"], "task": "still"}""")).Json!["id"]);

        Assert.Equal(200, (await ApiHost.CallAsync(host.Viewer, "GET", $"{Path}/{id}")).Status);
        foreach (var (method, path, body) in new[]
        {
            ("POST", Path, """{"times": ["07:00"], "task": "still"}"""),
            ("POST", $"{Path}/preview", """{"times": ["07:00"], "task": "still"}"""),
            ("PUT", $"{Path}/{id}", """{"times": ["07:00"], "task": "still"}"""),
            ("PATCH", $"{Path}/{id}", """{"on": false}"""),
            ("DELETE", $"{Path}/{id}", (string?)null),
        })
        {
            Assert.Equal((method, 403), (method, (await ApiHost.CallAsync(host.Viewer, method, path, body)).Status));
        }

        Assert.Equal(401, (await ApiHost.CallAsync(host.Anonymous, "GET", Path)).Status);
    }

    [Fact]
    public async Task Sentence_IsInTheLanguageOfTheRequest()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}/preview")
        {
            Content = new StringContent("""{"everyMinutes": 120, "weekdays": ["monday", "friday"], "task": "still"}""", null, "application/json"),
            Headers = { { "Accept-Language", "zh-CN" } },
        };
        using var response = await host.Operator.SendAsync(request, Token);

        Assert.Equal("每周一、周五每 2 小时：拍一张照片。", Text(JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["sentence"]));
    }

    private static string? Text(JsonNode? node) => node?.GetValue<string>();
}
