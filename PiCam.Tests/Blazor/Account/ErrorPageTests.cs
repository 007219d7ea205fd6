using System.Net;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Account;

/// <summary>What a person's browser gets instead of an empty failure; programs get what they always got.</summary>
public sealed class ErrorPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UnknownPath_SignedIn_IsThePanelsOwnPage()
    {
        await using var panel = await StartAsync();
        using var browser = Browser(panel);
        await browser.SignInAsync("ana", "long enough now");

        using var answer = await browser.Http.GetAsync("/nowhere", Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("blazor.web", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownPath_Anonymous_LeadsToSignIn()
    {
        await using var panel = await StartAsync();
        using var browser = Browser(panel);
        using var answer = await browser.Http.GetAsync("/nowhere", Token);
        Assert.Equal("/sign-in?returnUrl=%2Fnowhere", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Form_WithoutItsToken_SaysSoInThePersonsLanguage()
    {
        await using var panel = await StartAsync();
        using var browser = Browser(panel);
        using var form = new FormUrlEncodedContent([new("Form.UserName", "ana"), new("Form.Password", "long enough now")]);

        using var answer = await browser.Http.PostAsync("/sign-in", form, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("表单已过期", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token)), StringComparison.Ordinal);
        Assert.Null(browser.Cookies["picam"]);
    }

    [Theory]
    [InlineData(500, 500)]
    [InlineData(403, 403)]
    [InlineData(200, 500)]
    [InlineData(99999, 500)]
    public async Task Problem_AskedFor_AnswersWithAFailuresStatus(int asked, int answered)
    {
        await using var panel = await StartAsync();
        using var browser = Browser(panel);
        using var answer = await browser.Http.GetAsync($"/problem/{asked}", Token);
        Assert.Equal(answered, (int)answer.StatusCode);
        Assert.Contains("出错了", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Theme_Chosen_IsRememberedAndStaysLocal()
    {
        await using var panel = await StartAsync();
        using var browser = Browser(panel);
        Assert.Contains("data-theme=\"dark\"", await browser.Http.GetStringAsync("/sign-in", Token), StringComparison.Ordinal);

        using var answer = await browser.Http.GetAsync("/theme?name=light&returnUrl=//evil.example", Token);

        Assert.Equal("/", answer.Headers.Location?.ToString());
        Assert.Contains("data-theme=\"light\"", await browser.Http.GetStringAsync("/sign-in", Token), StringComparison.Ordinal);
        using var nonsense = await browser.Http.GetAsync("/theme?name=pink", Token);
        Assert.Equal(HttpStatusCode.BadRequest, nonsense.StatusCode);
    }

    [Fact]
    public async Task Program_UnknownPath_GetsNoPage()
    {
        await using var panel = await StartAsync();
        using var client = panel.CreateClient();
        using var answer = await client.GetAsync("/nowhere", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private static FormClient Browser(PanelHost panel)
    {
        var browser = new FormClient(panel.Address);
        browser.Http.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml");
        browser.Http.DefaultRequestHeaders.Add("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8");
        return browser;
    }

    private static async Task<PanelHost> StartAsync()
    {
        var panel = await PanelHost.StartAsync(Token);
        await panel.AddUserAsync("ana", "long enough now", Role.Administrator, Token);
        return panel;
    }
}
