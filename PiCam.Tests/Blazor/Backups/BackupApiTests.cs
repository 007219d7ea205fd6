using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Backups;
using PiCam.Blazor.Configuration;
using PiCam.Blazor.Data;
using PiCam.Core;
using PiCam.Core.Access;
using PiCam.Core.Broadcasts;
using PiCam.Core.Cameras;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Backups;

/// <summary>Backup and restore on a real panel and its real database.</summary>
public sealed class BackupApiTests(ApiHost host) : BackupTests(host)
{
    private const string Passphrase = "correct horse battery staple";

    private BackupMaker Maker => Host.Services.GetRequiredService<BackupMaker>();

    private BackupRestore Restore => Host.Services.GetRequiredService<BackupRestore>();

    [Theory]
    [InlineData("/api/backup", "application/json")]
    [InlineData("/api/backup/restore?preview=true", "application/zip")]
    public async Task Backup_IsTheAdministratorsAlone(string path, string type)
    {
        await ApiHost.ProblemAsync(403, Host.Operator, "POST", path, "{}", type);
        await ApiHost.ProblemAsync(403, Host.Viewer, "POST", path, "{}", type);
        await ApiHost.ProblemAsync(401, Host.Anonymous, "POST", path, "{}", type);
        await Assert.ThrowsAsync<AccessRefusedException>(() => Maker.MakeAsync(Callers.Operator, null, null, Token));
        await Assert.ThrowsAsync<AccessRefusedException>(() => Restore.RestoreAsync(Callers.Operator, null, [], null, Token));
    }

    [Fact]
    public async Task WithoutAPassphrase_ThereAreNoSecretsInIt_AndTheyStayAtARestore()
    {
        await StoreAsync(new() { ["Camera:Source"] = "ffmpeg", ["Camera:Path"] = "rtsp://ana:sentinel-1@cam.lan/live", ["Camera:Quality"] = "70" });
        await Host.Services.GetRequiredService<Broadcast>().SetAsync(Callers.Administrator, s => s with { Address = "rtmp://relay.example/live/sentinel-2" });
        await NameAsync("Porch ü");

        using var answer = await Host.Administrator.PostAsync(new Uri("/api/backup", UriKind.Relative), null, Token);
        var file = await answer.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.StartsWith("picam-Porch-ü-", answer.Content.Headers.ContentDisposition!.FileNameStar, StringComparison.Ordinal);
        Assert.EndsWith(".picam", answer.Content.Headers.ContentDisposition.FileNameStar, StringComparison.Ordinal);
        var content = BackupArchive.Read(file, null).Content;
        var text = JsonSerializer.Serialize(content);
        Assert.DoesNotContain("sentinel", text, StringComparison.Ordinal);
        Assert.DoesNotContain("PasswordHash", text, StringComparison.Ordinal);
        Assert.Null(content.Tables);

        await NameAsync("Other");
        await StoreAsync(new() { ["Camera:Quality"] = "60" });
        var preview = await Restore.RestoreAsync(Caller.System, session: null, file, null, Token);
        Assert.Contains("camera.name", preview.Settings);
        Assert.DoesNotContain("broadcast", preview.Settings);
        Assert.Equal(new RestoreChange("camera.quality", "60", "70"), Assert.Single(preview.Configuration));
        Assert.Equal("\"Other\"", await SettingAsync("camera.name"));
        Assert.Null(await ApplyAsync());

        Assert.Equal("Porch ü", JsonSerializer.Deserialize<string>(await SettingAsync("camera.name")));
        Assert.Contains("sentinel-2", await SettingAsync("broadcast"), StringComparison.Ordinal);
        var stored = Host.Services.GetRequiredService<PanelConfiguration>().Stored();
        Assert.Equal(("70", "ffmpeg", "rtsp://ana:sentinel-1@cam.lan/live"), (stored["Camera:Quality"], stored["Camera:Source"], stored["Camera:Path"]));
        Assert.False(File.Exists(Folder.Restore));
    }

    [Fact]
    public async Task WithAPassphrase_PeopleTokensAndCertificatesComeBack()
    {
        Directory.CreateDirectory(Folder.Certificates);
        await File.WriteAllTextAsync(Path.Combine(Folder.Certificates, "panel.pem"), "sentinel-certificate", Token);
        var file = (await Maker.MakeAsync(Caller.System, null, Passphrase, Token)).Content;
        Assert.DoesNotContain("sentinel", Encoding.Latin1.GetString(file), StringComparison.Ordinal);
        var before = await PeopleAsync();
        await Host.Services.GetRequiredService<PiCam.Blazor.Security.Tokens>().AddAsync(Caller.System, "later", Role.Viewer, Token);
        File.Delete(Path.Combine(Folder.Certificates, "panel.pem"));

        var preview = await PreviewAsync(Host.Administrator, file, Passphrase);
        Assert.Equal(["ana"], preview["people"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Equal(["boss", "otto", "vera"], preview["tokens"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.NotEqual(before, await PeopleAsync());
        Assert.False(File.Exists(Folder.Restore));

        await Restore.RestoreAsync(Caller.System, session: null, file, Passphrase, Token);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Folder.Restore));
        Assert.Null(await ApplyAsync());

        Assert.Equal(before, await PeopleAsync());
        Assert.Equal("sentinel-certificate", await File.ReadAllTextAsync(Path.Combine(Folder.Certificates, "panel.pem"), Token));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Folder.Certificates, "panel.pem")));
        Directory.Delete(Folder.Certificates, recursive: true);
    }

    [Fact]
    public async Task Tables_HoldNoSessions() => Assert.All(
        (await MadeAsync()).Tables!.Keys, name => Assert.DoesNotContain("session", name, StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData("Role", "Viewer")]
    [InlineData("PasswordHash", null)]
    public async Task Restore_WithoutAnAdministratorWhoCanSignIn_IsRefused(string column, string? value)
    {
        var content = await MadeAsync();
        var users = content.Tables!["AspNetUsers"];
        var index = users.Columns.ToList().IndexOf(column);
        content.Tables["AspNetUsers"] = users with
        {
            Rows = [.. users.Rows.Select(row => (IReadOnlyList<JsonElement>)[.. row.Select((cell, i) => i == index ? JsonSerializer.SerializeToElement(value) : cell)])],
        };

        await RefusedAsync("backup.noAdministrator", content);
    }

    [Fact]
    public async Task Restore_NobodyAtAll_IsRefused()
    {
        var content = await MadeAsync();
        content.Tables!["AspNetUsers"] = content.Tables["AspNetUsers"] with { Rows = [] };
        await RefusedAsync("backup.noAdministrator", content);
    }

    [Fact]
    public async Task Restore_WhatTheDatabaseRefuses_IsRefused()
    {
        var content = await MadeAsync();
        var users = content.Tables!["AspNetUsers"];
        content.Tables["AspNetUsers"] = users with { Rows = [.. users.Rows, .. users.Rows] };
        await RefusedAsync("backup.doesNotFit", content);

        content.Tables["AspNetUsers"] = users with { Columns = [.. users.Columns.Select(column => column == "Role" ? "Role\"; DROP TABLE x; --" : column)] };
        await RefusedAsync("backup.doesNotFit", content);

        content.Tables["AspNetUsers"] = users;
        content.Tables["AspNetUserClaims"] = new BackupTable(["Id", "UserId"], [[JsonSerializer.SerializeToElement(1), JsonSerializer.SerializeToElement("nobody")]]);
        await RefusedAsync("backup.doesNotFit", content);
    }

    [Fact]
    public async Task Restore_ADatabaseOfANewerVersion_IsRefused() => await RefusedAsync("backup.newer", await MadeAsync(), schema: "29990101000000_Future");

    [Theory]
    [InlineData("Camera:Width", "3")]
    [InlineData("Camera:Width", "wide")]
    [InlineData("Gimbal:Driver", "magic")]
    [InlineData("Network:AllowedHosts:0", "http://x")]
    public async Task Restore_SettingsThatAStartWouldRefuse_AreRefused(string key, string value)
    {
        var content = await MadeAsync();
        content.Panel[key] = value;
        await Assert.ThrowsAsync<InvalidValueException>(() => Restore.RestoreAsync(Caller.System, session: null, Pack(content), Passphrase, Token));
        Assert.False(File.Exists(Folder.Restore));
    }

    [Theory]
    [InlineData("Camera:Helper", "/bin/sh")]
    [InlineData("urls", "http://0.0.0.0:1")]
    public async Task Restore_KeysThatStayWithTheConsole_AreRefused(string key, string value)
    {
        var content = await MadeAsync();
        content.Panel[key] = value;
        await RefusedAsync("backup.unknownEntry", content);
    }

    [Theory]
    [InlineData("../x.pem")]
    [InlineData(".ssh")]
    [InlineData("a/b")]
    public async Task Restore_CertificateOfAPath_IsRefused(string name)
    {
        var content = await MadeAsync();
        content.Certificates[name] = [1];
        await RefusedAsync("backup.unknownEntry", content);
    }

    [Fact]
    public async Task Restore_ByHttp_SaysWhatIsWrongAndLimitsTheSize()
    {
        using var damaged = await PostAsync(Host.Administrator, "/api/backup/restore", [1, 2, 3], "");
        Assert.Equal(400, (int)damaged.StatusCode);
        Assert.Contains("not a backup", await damaged.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);

        using var wrong = await PostAsync(Host.Administrator, "/api/backup/restore", Pack(await MadeAsync()), "another");
        Assert.Equal(400, (int)wrong.StatusCode);
        Assert.Contains("passphrase is wrong", await wrong.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);

        using var large = await PostAsync(Host.Administrator, "/api/backup/restore", new byte[BackupArchive.MostBytes + 1], "");
        Assert.Equal(413, (int)large.StatusCode);
    }

    [Fact]
    public async Task Apply_WhatTheDatabaseRefusesAfterAll_ChangesNothingAndSaysSo()
    {
        await NameAsync("Before");
        var content = await MadeAsync();
        content.Settings["camera.name"] = "\"After\"";
        content.Tables!["AspNetUsers"] = content.Tables["AspNetUsers"] with { Rows = [] };
        await File.WriteAllBytesAsync(Folder.Restore, JsonSerializer.SerializeToUtf8Bytes(content), Token);
        var people = await PeopleAsync();

        Assert.Contains("nothing was changed", await ApplyAsync(), StringComparison.Ordinal);

        Assert.Equal("\"Before\"", await SettingAsync("camera.name"));
        Assert.Equal(people, await PeopleAsync());
        Assert.False(File.Exists(Folder.Restore));
        File.Delete(Folder.Restore + ".failed");
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, byte[] file, string passphrase)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");

        // A body that is refused is then not sent at all, or the refusal could get lost in the sending.
        request.Headers.ExpectContinue = true;
        request.Headers.Add("PiCam-Passphrase", Uri.EscapeDataString(passphrase));
        return await client.SendAsync(request, Token);
    }

    private static async Task<JsonNode> PreviewAsync(HttpClient client, byte[] file, string passphrase)
    {
        using var answer = await PostAsync(client, "/api/backup/restore?preview=true", file, passphrase);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private byte[] Pack(BackupContent content, string? schema = null)
    {
        using var context = Host.Services.GetRequiredService<IDbContextFactory<PiCamDbContext>>().CreateDbContext();
        return BackupArchive.Write(content, new BackupManifest { Version = "9.9.9", Schema = schema ?? context.Database.GetMigrations().Last() }, Passphrase);
    }

    private async Task<BackupContent> MadeAsync() =>
        BackupArchive.Read((await Maker.MakeAsync(Caller.System, null, Passphrase, Token)).Content, Passphrase).Content;

    private async Task RefusedAsync(string code, BackupContent content, string? schema = null)
    {
        var people = await PeopleAsync();
        var refused = await Assert.ThrowsAsync<BackupRefusedException>(() => Restore.RestoreAsync(Caller.System, session: null, Pack(content, schema), Passphrase, Token));
        Assert.Equal(code, refused.Reason.Code);
        Assert.False(File.Exists(Folder.Restore));
        Assert.Equal(people, await PeopleAsync());
    }

    private Task<string?> ApplyAsync() => Host.Services.GetRequiredService<StagedRestore>().ApplyAsync(Token);

    private async Task NameAsync(string name) => await Host.Services.GetRequiredService<CameraName>().SetAsync(Callers.Operator, name);

    private async Task StoreAsync(Dictionary<string, string?> changes) =>
        await Host.Services.GetRequiredService<PanelSettings>().ChangeAsync(Callers.Administrator, changes, Token);

    private async Task<string> SettingAsync(string key)
    {
        await using var context = await Host.Services.GetRequiredService<IDbContextFactory<PiCamDbContext>>().CreateDbContextAsync(Token);
        return (await context.Settings.AsNoTracking().SingleAsync(row => row.Key == key, Token)).Value;
    }

    private async Task<string> PeopleAsync()
    {
        await using var context = await Host.Services.GetRequiredService<IDbContextFactory<PiCamDbContext>>().CreateDbContextAsync(Token);
        return JsonSerializer.Serialize(await context.Users.AsNoTracking().OrderBy(user => user.Id).ToListAsync(Token))
            + JsonSerializer.Serialize(await context.ApiTokens.AsNoTracking().OrderBy(token => token.Id).ToListAsync(Token));
    }
}
