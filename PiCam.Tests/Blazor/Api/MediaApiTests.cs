using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Core.Media;
using PiCam.Tests.Core.Media;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

public sealed class MediaApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/api/media";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private MediaLibrary Library => host.Services.GetRequiredService<MediaLibrary>();

    [Fact]
    public async Task Page_FilteredCollapsedAndFollowed_IsAsAskedFor()
    {
        var run = Guid.NewGuid().ToString("n");
        for (var n = 0; n < 3; n++)
        {
            await AddAsync(new NewMedia(MediaKind.Burst, $"burst{n}") { Sequence = run, Preset = run });
        }

        var (status, _, page) = await ApiHost.CallAsync(host.Viewer, "GET", $"{Path}?preset={run}&kind=burst,still&count=2");
        Assert.Equal((200, 2), (status, page!["items"]!.AsArray().Count));
        Assert.Equal(("burst2", "burst", 1), (Text(page["items"]![0]!["name"]), Text(page["items"]![0]!["kind"]), page["items"]![0]!["count"]!.GetValue<int>()));
        var (_, _, rest) = await ApiHost.CallAsync(host.Viewer, "GET", $"{Path}?preset={run}&kind=burst,still&count=2&cursor={page["next"]}");
        Assert.Equal((1, null), (rest!["items"]!.AsArray().Count, rest["next"]));
        var (_, _, collapsed) = await ApiHost.CallAsync(host.Viewer, "GET", $"{Path}?preset={run}&collapse=true");
        Assert.Equal(3, Assert.Single(collapsed!["items"]!.AsArray())!["count"]!.GetValue<int>());
        var (_, _, days) = await ApiHost.CallAsync(host.Viewer, "GET", $"{Path}/days?sequence={run}");
        Assert.Equal(3, Assert.Single(days!.AsArray())!["count"]!.GetValue<int>());
        var (_, _, none) = await ApiHost.CallAsync(host.Viewer, "GET", $"{Path}?preset={run}&to=2001-01-01");
        Assert.Empty(none!["items"]!.AsArray());
    }

    [Theory]
    [InlineData("count=0", "count")]
    [InlineData("count=201", "count")]
    [InlineData("cursor=zzz", "cursor")]
    [InlineData("kind=painting", "kind")]
    [InlineData("kind=5", "kind")]
    [InlineData("from=yesterday", "from")]
    [InlineData("collapse=perhaps", "collapse")]
    public async Task Page_Nonsense_IsRefusedByField(string query, string field)
    {
        var problem = await ApiHost.ProblemAsync(400, host.Viewer, "GET", $"{Path}?{query}");

        Assert.NotNull(problem["errors"]![field]);
    }

    [Fact]
    public async Task File_WholePartialAndUnchanged_IsSentAsAskedFor()
    {
        var jpeg = LibraryRig.Jpeg();
        var item = await AddAsync(new NewMedia(MediaKind.Still, "<img src=x> 狐狸 \"; x"), jpeg);

        using var whole = await host.Viewer.GetAsync($"{Path}/{item.Id}/file", Token);
        Assert.Equal(jpeg, await whole.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(("image/jpeg", "inline"), (whole.Content.Headers.ContentType!.MediaType, whole.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Equal("nosniff", Assert.Single(whole.Headers.GetValues("X-Content-Type-Options")));

        using var saved = await host.Viewer.GetAsync($"{Path}/{item.Id}/file?download=true", Token);
        Assert.Equal("attachment", saved.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("_img src=x_ 狐狸 _; x.jpg", saved.Content.Headers.ContentDisposition.FileNameStar);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}/{item.Id}/file") { Headers = { Range = new RangeHeaderValue(10, 19) } };
        using var part = await host.Viewer.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(jpeg[10..20], await part.Content.ReadAsByteArrayAsync(Token));

        using var again = new HttpRequestMessage(HttpMethod.Get, $"{Path}/{item.Id}/file") { Headers = { IfNoneMatch = { whole.Headers.ETag! } } };
        using var unchanged = await host.Viewer.SendAsync(again, Token);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);

        using var small = await host.Viewer.GetAsync($"{Path}/{item.Id}/thumbnail.jpg", Token);
        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (small.StatusCode, small.Content.Headers.ContentType!.MediaType));
    }

    /// <summary>S6: by id only.</summary>
    [Theory]
    [InlineData("..%2f..%2fpicam.db")]
    [InlineData("%252e%252e%252fpicam.db")]
    [InlineData("..%5cpicam.db")]
    [InlineData("%2fetc%2fpasswd")]
    [InlineData("a%00b")]
    [InlineData("2026%2f11%2f23%2fimage.jpg")]
    public async Task File_ByAPath_IsNotThere(string id)
    {
        foreach (var end in new[] { "", "/file", "/thumbnail.jpg" })
        {
            using var answer = await host.Viewer.GetAsync($"{Path}/{id}{end}", Token);
            Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{answer.StatusCode}");
        }
    }

    /// <summary>S3, S5, S17.</summary>
    [Fact]
    public async Task Roles_AnonymousAndViewer_AreRefusedWhatIsNotTheirs()
    {
        var item = await AddAsync();
        foreach (var path in new[] { "", "/days", "/storage", $"/{item.Id}", $"/{item.Id}/file", $"/{item.Id}/thumbnail.jpg", $"/archive?ids={item.Id}" })
        {
            using var answer = await host.Anonymous.GetAsync(Path + path, Token);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.DoesNotContain("JFIF", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
            using var seen = await host.Viewer.GetAsync(Path + path, Token);
            Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        }

        foreach (var (method, path, body) in new (string, string, string?)[]
        {
            ("PATCH", $"/{item.Id}", """{"name":"x"}"""),
            ("DELETE", $"/{item.Id}", null),
            ("POST", "/delete", $$"""{"ids":["{{item.Id}}"]}"""),
            ("POST", "/restore", $$"""{"ids":["{{item.Id}}"]}"""),
        })
        {
            await ApiHost.ProblemAsync(403, host.Viewer, method, Path + path, body);
            Assert.Equal(401, (await ApiHost.CallAsync(host.Anonymous, method, Path + path, body)).Status);
        }

        Assert.Equal(item, await Library.FindAsync(Callers.Viewer, item.Id, Token));
    }

    [Fact]
    public async Task Edit_RenamedProtectedDeletedAndRestored_IsAsAskedFor()
    {
        var (one, two) = (await AddAsync(), await AddAsync());
        var (status, _, edited) = await ApiHost.CallAsync(host.Operator, "PATCH", $"{Path}/{one.Id}", """{"name":"Fox $(id)","protected":true}""");
        Assert.Equal((200, "Fox $(id)", true), (status, Text(edited!["name"]), edited["protected"]!.GetValue<bool>()));

        var problem = await ApiHost.ProblemAsync(409, host.Operator, "DELETE", $"{Path}/{one.Id}");
        Assert.Contains("Fox $(id)", Text(problem["detail"]), StringComparison.Ordinal);
        var (_, _, deleted) = await ApiHost.CallAsync(host.Operator, "POST", $"{Path}/delete", $$"""{"ids":["{{one.Id}}","{{two.Id}}","nonsense"]}""");
        Assert.Equal(two.Id, Text(Assert.Single(deleted!["deleted"]!.AsArray())));
        Assert.Equal("Fox $(id)", Text(Assert.Single(deleted["protected"]!.AsArray())!["name"]));
        await ApiHost.ProblemAsync(404, host.Viewer, "GET", $"{Path}/{two.Id}/file");
        await ApiHost.ProblemAsync(404, host.Operator, "DELETE", $"{Path}/{two.Id}");

        var (_, _, restored) = await ApiHost.CallAsync(host.Operator, "POST", $"{Path}/restore", $$"""{"ids":["{{two.Id}}"]}""");
        Assert.Equal(two.Id, Text(Assert.Single(restored!["restored"]!.AsArray())));
        Assert.Equal(204, (await ApiHost.CallAsync(host.Operator, "DELETE", $"{Path}/{two.Id}")).Status);
        await ApiHost.ProblemAsync(400, host.Operator, "PATCH", $"{Path}/{one.Id}", """{"name":""}""");
        await ApiHost.ProblemAsync(400, host.Operator, "POST", $"{Path}/delete", """{"ids":"all"}""");
        await ApiHost.ProblemAsync(404, host.Operator, "PATCH", $"{Path}/{Guid.NewGuid():n}", """{"name":"x"}""");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Archive_OfARun_HasEachFileStoredUnderANameOfItsOwn(string type)
    {
        var run = Guid.NewGuid().ToString("n");
        var pictures = new[] { LibraryRig.Jpeg(20, 20), LibraryRig.Jpeg(30, 30), LibraryRig.Jpeg(40, 40) };
        foreach (var picture in pictures)
        {
            var item = await AddAsync(new NewMedia(MediaKind.Burst, "狐狸") { Sequence = run }, picture);
            await Library.RenameAsync(Callers.Operator, item.Id, "../狐狸");
        }

        using HttpContent body = type == "application/json"
            ? new StringContent($$"""{"sequence":"{{run}}"}""", System.Text.Encoding.UTF8, type)
            : new FormUrlEncodedContent([new("sequence", run)]);
        using var answer = await host.Viewer.PostAsync($"{Path}/archive", body, Token);

        Assert.Equal((HttpStatusCode.OK, "application/zip", "attachment"),
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType));
        Assert.True(answer.Headers.TransferEncodingChunked, "It is sent as it is made.");
        await using var archive = await ZipArchive.CreateAsync(
            await answer.Content.ReadAsStreamAsync(Token), ZipArchiveMode.Read, leaveOpen: false, null, Token);
        Assert.Equal(["_._狐狸 (2).jpg", "_._狐狸 (3).jpg", "_._狐狸.jpg"], archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        Assert.All(archive.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        Assert.Equal(pictures.Select(p => (long)p.Length).Order(), archive.Entries.Select(entry => entry.Length).Order());
        await ApiHost.ProblemAsync(400, host.Viewer, "GET", $"{Path}/archive?ids=nonsense");
    }

    [Fact]
    public async Task Storage_OfAHealthyDisk_IsOk()
    {
        var (_, _, storage) = await ApiHost.CallAsync(host.Viewer, "GET", $"{Path}/storage");

        Assert.Equal(("ok", null), (Text(storage!["state"]), storage["warning"]));
        Assert.True(storage["free"]!.GetValue<long>() > 0);
    }

    private static string Text(System.Text.Json.Nodes.JsonNode? node) => node!.GetValue<string>();

    private Task<MediaItem> AddAsync(NewMedia? media = null, byte[]? jpeg = null) =>
        Library.AddAsync(Callers.Operator, media ?? new NewMedia(MediaKind.Still, "image"), jpeg ?? LibraryRig.Jpeg(), Token);
}
