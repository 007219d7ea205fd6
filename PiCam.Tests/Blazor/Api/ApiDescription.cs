using System.Text.Json.Nodes;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

/// <summary>A panel's own description of its API, to be tried on it.</summary>
internal static class ApiDescription
{
    public static async Task<JsonNode> ReadAsync(HttpClient client)
    {
        var (status, _, json) = await ApiHost.CallAsync(client, "GET", "/openapi/v1.json");
        Assert.Equal(200, status);
        return json!;
    }

    /// <summary>Asks for everything that is JSON and needs no parameter, and for what has none of a name that nothing has.</summary>
    /// <returns>How many there are of both.</returns>
    public static async Task<(int Whole, int Named)> GetAllAsync(HttpClient client)
    {
        var reads = (await ReadAsync(client))["paths"]!.AsObject().Where(path => path.Value!["get"] is not null).ToList();
        var whole = reads
            .Where(path => !path.Key.Contains('{', StringComparison.Ordinal) && path.Value!["get"]!["responses"]?["200"]?["content"]?["application/json"] is not null)
            .Select(path => path.Key)
            .ToList();
        foreach (var path in whole)
        {
            var (status, _, answer) = await ApiHost.CallAsync(client, "GET", path);

            // Aiming is a WebSocket.
            Assert.True((status == 200 || (status == 426 && path == "/api/gimbal/aim")) && answer is not null, $"{path}: {status} {answer}");
        }

        var named = reads.Where(path => path.Key.Contains("{id}", StringComparison.Ordinal)).ToList();
        foreach (var (path, operations) in named)
        {
            var needs = operations!["get"]!["parameters"]!.AsArray()
                .Where(parameter => parameter!["in"]!.GetValue<string>() == "query" && parameter["required"]?.GetValue<bool>() == true)
                .Select(parameter => $"{parameter!["name"]}=0");
            var (status, _, answer) = await ApiHost.CallAsync(client, "GET", $"{path.Replace("{id}", "none", StringComparison.Ordinal)}?{string.Join('&', needs)}");
            Assert.True(status == 404 && answer is not null, $"{path}: {status} {answer}");
        }

        return (whole.Count, named.Count);
    }

    /// <summary>Sends the example of every JSON body, as an Administrator; the panel must take it.</summary>
    /// <param name="client">The Administrator's.</param>
    /// <param name="hasPicture">Whether its camera takes pictures that can be decoded.</param>
    /// <param name="absent">Fields for which the panel has no hardware.</param>
    /// <returns>How many there are.</returns>
    public static async Task<int> SendExamplesAsync(HttpClient client, bool hasPicture, params string[] absent)
    {
        var bodies = (await ReadAsync(client))["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (Path: path.Key, Method: operation.Key, Content: operation.Value!["requestBody"]?["content"])))
            .SelectMany(operation => operation.Content?.AsObject().Where(content => content.Key.EndsWith("json", StringComparison.Ordinal))
                .Select(content => (operation.Path, operation.Method, Type: content.Key, Example: content.Value!["example"])) ?? [])

            // Last, because it ends what others need.
            .OrderBy(body => body.Path == "/api/privacy")
            .ToList();
        foreach (var (path, method, type, example) in bodies)
        {
            Assert.True(example is not null, $"{method} {path} has no example for {type}.");
            var (status, _, answer) = await ApiHost.CallAsync(
                client, method.ToUpperInvariant(), path.Replace("{id}", "none", StringComparison.Ordinal), example.ToJsonString(), type);

            // A tour's example names presets of another panel, a film's a run of it, an archive's pictures, an export's disk.
            var complaints = (answer as JsonObject)?["errors"] is JsonObject errors
                ? errors.Select(e => e.Key).Where(key => key is not ("sequence" or "ids" or "place") && !absent.Contains(key) && !key.EndsWith("presetId", StringComparison.Ordinal))
                : [];
            Assert.Empty(complaints);
            Assert.True(status is >= 200 and < 300 or 404 or 409 || (status == 503 && !hasPicture) || (status == 400 && (answer as JsonObject)?["errors"] is not null), $"{method} {path}: {status} {answer}");
        }

        return bodies.Count;
    }
}
