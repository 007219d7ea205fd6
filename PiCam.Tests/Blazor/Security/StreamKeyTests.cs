using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

/// <summary>A guest link's key in the address of the live picture, for programs that can send nothing else.</summary>
public sealed class StreamKeyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_NotAllowedByTheOwner_IsRefusedAndSaysHowToAllowIt()
    {
        await using var panel = await StartAsync();
        var key = await AddAsync(panel);
        using var client = panel.CreateClient();
        foreach (var path in new[] { $"/snapshot.jpg?token={key}", $"/stream.mjpg?token={key}", $"/?action=snapshot&token={key}" })
        {
            using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Token);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Contains("Network:KeysInAddress", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/snapshot.jpg?token=", "image/jpeg")]
    [InlineData("/stream.mjpg?token=", "multipart/x-mixed-replace")]
    [InlineData("/?action=snapshot&token=", "image/jpeg")]
    [InlineData("/?action=stream&token=", "multipart/x-mixed-replace")]
    public async Task Key_Allowed_OpensTheLivePicture(string path, string type)
    {
        await using var panel = await StartAsync("--Network:KeysInAddress=true");
        using var client = panel.CreateClient();
        using var answer = await PlayAsync(panel, client.GetAsync(path + await AddAsync(panel), HttpCompletionOption.ResponseHeadersRead, Token));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Key_DiskTakesNoNote_OpensTheLivePictureAllTheSame()
    {
        await using var panel = await StartAsync("--Network:KeysInAddress=true");
        var key = await AddAsync(panel);
        await using (var context = await panel.Services.GetRequiredService<IDbContextFactory<PiCamDbContext>>().CreateDbContextAsync(Token))
        {
            await context.Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER Full BEFORE UPDATE ON GuestLinks BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END", Token);
        }

        using var client = panel.CreateClient();
        using var answer = await PlayAsync(panel, client.GetAsync("/snapshot.jpg?token=" + key, Token));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Key_Allowed_OpensNothingElse()
    {
        await using var panel = await StartAsync("--Network:KeysInAddress=true");
        var key = await AddAsync(panel);
        using var client = panel.CreateClient();
        foreach (var path in new[] { "/api/status", "/api/media", "/stream.mp4", "/", "/library", "/api/camera/controls" })
        {
            using var answer = await client.GetAsync($"{path}?token={key}", HttpCompletionOption.ResponseHeadersRead, Token);
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Found, $"{path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Key_OfAPersonsToken_IsNoStreamKey()
    {
        await using var panel = await StartAsync("--Network:KeysInAddress=true");
        var token = await panel.Services.GetRequiredService<Tokens>().AddAsync(Caller.System, "boss", Role.Administrator, Token);
        using var client = panel.CreateClient();
        using var answer = await client.GetAsync($"/snapshot.jpg?token={token}", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Key_Revoked_EndsTheStream()
    {
        await using var panel = await StartAsync("--Network:KeysInAddress=true");
        using var client = panel.CreateClient();
        using var answer = await PlayAsync(
            panel, client.GetAsync("/stream.mjpg?token=" + await AddAsync(panel), HttpCompletionOption.ResponseHeadersRead, Token));
        var links = panel.Services.GetRequiredService<Links>();
        var link = Assert.Single(await links.GuestLinksAsync(Caller.System, Token));
        Assert.NotNull(link.LastUsedAt);

        await links.RevokeGuestAsync(Caller.System, link, Token);

        var reading = (await answer.Content.ReadAsStreamAsync(Token)).CopyToAsync(Stream.Null, Token);
        await Eventually.TrueAsync(
            () =>
            {
                panel.Camera.Send();
                return reading.IsCompleted;
            },
            "the stream ends",
            Token);
        Assert.True(reading.IsFaulted, "It was cut off.");
    }

    [Fact]
    public async Task Stream_HeadOnly_SaysWhatItIsAndSendsNothing()
    {
        await using var panel = await StartAsync();
        using var client = panel.CreateClient(
            await panel.Services.GetRequiredService<Tokens>().AddAsync(Caller.System, "vera", Role.Viewer, Token));
        using var request = new HttpRequestMessage(HttpMethod.Head, "/?action=stream");
        using var answer = await client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("multipart/x-mixed-replace", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Token));
    }

    private static async Task<PanelHost> StartAsync(params string[] arguments)
    {
        var panel = await PanelHost.StartAsync(Token, null, arguments);
        await panel.AddUserAsync("ana", "a long enough password", Role.Administrator, Token);
        return panel;
    }

    private static Task<string> AddAsync(PanelHost panel) =>
        panel.Services.GetRequiredService<Links>().AddGuestAsync(Caller.System, "OctoPrint", TimeSpan.FromDays(30), Token);

    /// <summary>Plays the camera until the answer has begun.</summary>
    private static async Task<HttpResponseMessage> PlayAsync(PanelHost panel, Task<HttpResponseMessage> asking)
    {
        await Eventually.TrueAsync(
            () =>
            {
                panel.Camera.Send();
                return asking.IsCompleted;
            },
            "the answer begins",
            Token);
        return await asking;
    }
}
