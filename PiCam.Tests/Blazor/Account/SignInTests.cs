using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Account;

public sealed class SignInTests
{
    private const string Password = "long enough now";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_ThenOut_OpensAndClosesThePanel()
    {
        await using var panel = await StartAsync();
        using var browser = new FormClient(panel.Address);
        Assert.Equal(HttpStatusCode.Found, await browser.SignInAsync("ana", Password));
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/api/status", Token)).StatusCode);
        Assert.True(browser.Cookies["picam"]!.HttpOnly);

        using var answer = await browser.Http.PostAsync("/sign-out", null, Token);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Http.GetAsync("/api/status", Token)).StatusCode);
    }

    [Fact]
    public async Task SignOut_WithoutProofOfOrigin_IsRefused()
    {
        await using var panel = await StartAsync();
        using var browser = new FormClient(panel.Address);
        await browser.SignInAsync("ana", Password);
        browser.Http.DefaultRequestHeaders.Remove("Origin");

        using var answer = await browser.Http.PostAsync("/sign-out", null, Token);

        Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest, answer.StatusCode.ToString());
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/api/status", Token)).StatusCode);
    }

    [Fact]
    public async Task SignIn_WrongPasswordOrUnknownNameOrDisabled_SaysTheSame()
    {
        await using var panel = await StartAsync();
        using var browser = new FormClient(panel.Address);
        var people = panel.Services.GetRequiredService<People>();
        var bob = await people.AddAsync(Caller.System, "bob", Password, Role.Viewer);
        await people.SetDisabledAsync(Caller.System, bob.Id, disabled: true, Token);
        var wrong = await MessageAsync(browser, "ana", "wrong password");
        Assert.Equal(wrong, await MessageAsync(browser, "nobody", "wrong password"));
        Assert.Equal(wrong, await MessageAsync(browser, "bob", Password));
    }

    [Theory]
    [InlineData("/sign-in?returnUrl=%2Fapi%2Fstatus", "/api/status")]
    [InlineData("/sign-in?returnUrl=https%3A%2F%2Fevil.example%2F", "/")]
    [InlineData("/sign-in?returnUrl=%2F%2Fevil.example", "/")]
    public async Task SignIn_ReturnUrl_IsLocalOnly(string path, string destination)
    {
        await using var panel = await StartAsync();
        using var browser = new FormClient(panel.Address);

        using var answer = await browser.PostAsync(path, new() { ["Form.UserName"] = "ana", ["Form.Password"] = Password });

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(destination, new Uri(panel.Address, answer.Headers.Location!).PathAndQuery);
        Assert.Equal(panel.Address.Host, new Uri(panel.Address, answer.Headers.Location!).Host);
    }

    [Fact]
    public async Task Language_SetsTheCultureAndStaysLocal()
    {
        await using var panel = await StartAsync();
        using var browser = new FormClient(panel.Address);
        using var answer = await browser.Http.GetAsync("/language?culture=zh-Hans&returnUrl=//evil.example", Token);
        Assert.Equal("/", answer.Headers.Location?.ToString());
        Assert.Contains("登录", WebUtility.HtmlDecode(await browser.Http.GetStringAsync("/sign-in", Token)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", false)]
    [InlineData("http://evil.example", false)]
    [InlineData("same", true)]
    public async Task Circuit_OpensForItsOwnPageOnly(string origin, bool opens)
    {
        await using var panel = await StartAsync();
        using var browser = new FormClient(panel.Address);
        await browser.SignInAsync("ana", Password);
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = new CookieContainer();
        socket.Options.Cookies.Add(panel.Address, browser.Cookies);
        socket.Options.SetRequestHeader("Origin", origin == "same" ? panel.Address.GetLeftPart(UriPartial.Authority) : origin);

        var connecting = socket.ConnectAsync(new UriBuilder(panel.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, Token);

        if (opens)
        {
            await connecting;
            Assert.Equal(WebSocketState.Open, socket.State);
        }
        else
        {
            var refused = await Assert.ThrowsAsync<WebSocketException>(() => connecting);
            Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        }
    }

    private static async Task<string> MessageAsync(FormClient browser, string name, string password)
    {
        using var answer = await browser.PostAsync("/sign-in", new() { ["Form.UserName"] = name, ["Form.Password"] = password });
        var page = await answer.Content.ReadAsStringAsync(Token);
        var message = System.Text.RegularExpressions.Regex.Match(page, @"role=""alert""[^>]*>\s*([^<]+)<").Groups[1].Value;
        Assert.NotEmpty(message);
        return message;
    }

    private static async Task<PanelHost> StartAsync()
    {
        var panel = await PanelHost.StartAsync(Token);
        await panel.AddUserAsync("ana", Password, Role.Administrator, Token);
        return panel;
    }
}
