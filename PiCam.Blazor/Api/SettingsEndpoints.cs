using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PiCam.Blazor.Account;
using PiCam.Blazor.Configuration;
using PiCam.Blazor.Security;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Cameras;

namespace PiCam.Blazor.Api;

/// <summary>What the owner sets: camera, gimbal, lights, host names, language; and the restart that puts it in force.</summary>
internal static class SettingsEndpoints
{
    private const string Language = "language";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var settings = endpoints.MapGroup("/settings").WithTags("Settings").ProducesProblem(StatusCodes.Status403Forbidden);
        settings.MapGet("", (HttpContext context, PanelSettings panel, PanelLanguage language) =>
                Document(CallerFactory.From(context), panel, language))
            .WithSummary("The settings as they will be after a restart, who said so, and whether a restart is due (Administrator).");
        settings.MapPatch("", PatchAsync)
            .WithSummary("Changes settings by a JSON merge patch: absent is unchanged, null is as if nobody had set it (Administrator).")
            .WithDescription("All but the language are in force after POST /api/panel/restart. What the command line or the environment sets cannot be changed here.")
            .WithMetadata(new RequestSizeLimitAttribute(16_384))
            .Accepts<JsonObject>("application/json", "application/merge-patch+json")
            .WithExample("""{"camera": {"width": 1280, "height": 720}, "gimbal": {"driver": "auto"}, "network": {"allowedHosts": ["cam.example"]}, "language": "browser"}""")
            .ProducesProblem(StatusCodes.Status507InsufficientStorage)
            .ProducesValidationProblem();
        settings.MapGet("/cameras", async (HttpContext context, ICameraFinder finder, CancellationToken cancellationToken) =>
            {
                CallerFactory.From(context).Demand(Permission.Configure);
                return TypedResults.Ok(await finder.FindAsync(cancellationToken).ConfigureAwait(false));
            })
            .WithSummary("The cameras that are there now, with the ids that camera.id and camera.path take (Administrator).");
        endpoints.MapPost("/panel/restart", (HttpContext context, PanelRestart restart) =>
            {
                restart.Begin(CallerFactory.From(context));
                return TypedResults.Accepted((string?)null);
            })
            .WithTags("Settings")
            .WithSummary("Restarts PiCam, not the board, so that changed settings are in force (Administrator).")
            .ProducesProblem(StatusCodes.Status403Forbidden);
    }

    private static async Task<Ok<JsonObject>> PatchAsync(
        HttpContext context, PanelSettings panel, PanelLanguage language, CancellationToken cancellationToken)
    {
        var (caller, fields) = await JsonFields.ReadAsync(context, Permission.Configure, cancellationToken).ConfigureAwait(false);
        var sections = PanelKeys.All.GroupBy(key => key.Field.Split('.')[0]).ToList();
        fields.Know([.. sections.Select(section => section.Key), Language]);
        var changes = new Dictionary<string, string?>();
        foreach (var section in sections.Where(section => fields.Present.ContainsKey(section.Key)))
        {
            Read(fields, section.Key, [.. section], changes);
        }

        var chosen = fields.Text(Language);
        if (chosen is not null && !PanelLanguage.All.Contains(chosen))
        {
            fields.Complain(Language, Allowed.OneOf(string.Join(", ", PanelLanguage.All)).English);
        }

        fields.Refuse();
        if (changes.Count > 0)
        {
            await panel.ChangeAsync(caller, changes, cancellationToken).ConfigureAwait(false);
        }

        if (fields.Present.ContainsKey(Language))
        {
            await language.SetAsync(caller, chosen ?? PanelLanguage.Browser).ConfigureAwait(false);
        }

        return Document(caller, panel, language);
    }

    private static void Read(JsonFields fields, string name, PanelKey[] keys, Dictionary<string, string?> changes)
    {
        if (fields.Present[name].ValueKind != JsonValueKind.Object)
        {
            fields.Complain(name, "an object");
            return;
        }

        foreach (var property in fields.Present[name].EnumerateObject())
        {
            var path = $"{name}.{property.Name}";
            if (keys.FirstOrDefault(key => key.Field == path) is not { } key)
            {
                fields.Complain(path, property.Value, "one of the fields " + string.Join(", ", keys.Select(known => known.Field)));
                continue;
            }

            var (isFit, value, allowed) = key.Kind switch
            {
                _ when property.Value.ValueKind == JsonValueKind.Null => (true, null, ""),
                SettingKind.Text => (property.Value.ValueKind == JsonValueKind.String, Text(property.Value), "a text"),
                SettingKind.Boolean => (property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False, property.Value.ToString(), "true or false"),
                SettingKind.List => (IsNames(property.Value), Names(property.Value), "a list of names"),
                _ => (property.Value.ValueKind == JsonValueKind.Number, property.Value.GetRawText(), "a number"),
            };
            if (isFit)
            {
                changes[key.Name] = value;
            }
            else
            {
                fields.Complain(path, key.IsSecret ? default : property.Value, allowed);
            }
        }
    }

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsNames(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= 50
        && value.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String && name.GetString() is { Length: > 0 } text && !text.Any(char.IsWhiteSpace));

    private static string? Names(JsonElement value) => IsNames(value) ? string.Join(' ', value.EnumerateArray().Select(name => name.GetString())) : null;

    private static Ok<JsonObject> Document(Caller caller, PanelSettings panel, PanelLanguage language)
    {
        var document = new JsonObject();
        var origins = new JsonObject();
        foreach (var setting in panel.Read(caller))
        {
            var parts = setting.Key.Field.Split('.');
            if (document[parts[0]] is not JsonObject section)
            {
                document[parts[0]] = section = [];
            }

            section[parts[1]] = Node(setting);
            origins[setting.Key.Field] = JsonNamingPolicy.CamelCase.ConvertName(setting.Origin.ToString());
        }

        document[Language] = language.Text;
        document["origins"] = origins;
        document["needsRestart"] = panel.NeedsRestart(caller);
        document["refused"] = new JsonArray([.. panel.Refused.Select(reason => (JsonNode)reason)]);
        return TypedResults.Ok(document);
    }

    private static JsonNode? Node(PanelSetting setting) => setting.Key.Kind switch
    {
        SettingKind.List => new JsonArray([.. (setting.Value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => (JsonNode)name)]),
        SettingKind.Boolean when bool.TryParse(setting.Value, out var isTrue) => isTrue,
        SettingKind.Whole when int.TryParse(setting.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        SettingKind.Number when double.TryParse(setting.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => setting.Value,
    };
}
