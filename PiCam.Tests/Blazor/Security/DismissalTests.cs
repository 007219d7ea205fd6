using System.Net;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

/// <summary>Whoever may no longer do something loses at once what they have open.</summary>
public sealed class DismissalTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Password = "a long enough password";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("demoted")]
    [InlineData("disabled")]
    [InlineData("removed")]
    [InlineData("new password")]
    [InlineData("signed out")]
    public async Task S16_WhoeverIsDismissed_LosesStreamsAndCommandsAtOnce(string how)
    {
        var people = host.Services.GetRequiredService<People>();
        var otto = await people.AddAsync(Caller.System, "otto " + how, Password, Role.Operator);
        using var browser = new FormClient(host.Address);
        await browser.SignInAsync("otto " + how, Password);
        Assert.Equal(HttpStatusCode.OK, await AimAsync(browser));
        using var frames = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var camera = new EndpointWalk(host).PlayCameraAsync(frames.Token);
        using var pictures = await browser.Http.GetAsync("/stream.mjpg", HttpCompletionOption.ResponseHeadersRead, Token);
        using var events = await browser.Http.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (pictures.StatusCode, events.StatusCode));

        await (how switch
        {
            "demoted" => people.SetRoleAsync(Caller.System, otto.Id, Role.Viewer, Token),
            "disabled" => people.SetDisabledAsync(Caller.System, otto.Id, disabled: true, Token),
            "removed" => people.RemoveAsync(Caller.System, otto.Id, Token),
            "new password" => people.ResetPasswordAsync(Caller.System, otto.Id, "another one by far", Token),
            _ => people.EndSessionsAsync(Caller.System, otto.Id, Token),
        });

        Assert.NotEqual(HttpStatusCode.OK, await AimAsync(browser));
        await EndsAsync(pictures);
        await EndsAsync(events);
        await frames.CancelAsync();
        await camera;
    }

    /// <summary>By what was written alone: this clock stands still, and nobody looks again because time has passed.</summary>
    [Fact]
    public async Task S16_Welcome_IsOverOnceTheDismissalIsWritten()
    {
        var people = host.Services.GetRequiredService<People>();
        var time = new FakeTimeProvider();
        var (wanda, principal) = await PersonAsync("wanda");
        var welcome = new Welcomes(host.Services.GetRequiredService<IPrincipalCheck>(), host.Services.GetRequiredService<DatabaseWatcher>(), time).Of(principal);
        Assert.True(await welcome.IsStillAsync(Token));
        time.Advance(Welcome.CheckInterval);
        Assert.True(await welcome.IsStillAsync(Token));

        await people.SetDisabledAsync(Caller.System, wanda, disabled: true, Token);

        await Eventually.TrueAsync(
            async () =>
            {
                time.Advance(TimeSpan.FromTicks(1));
                return !await welcome.IsStillAsync(Token);
            },
            "they are welcome no more",
            TimeSpan.FromSeconds(30),
            Token);
    }

    [Fact]
    public async Task S16_OpenPage_OfWhoeverIsDismissed_IsSignedOutWithinFiveSeconds()
    {
        var (paula, principal) = await PersonAsync("paula");
        await using var circuit = host.Services.CreateAsyncScope();
        var page = (ServerAuthenticationStateProvider)circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        page.SetAuthenticationState(Task.FromResult(new AuthenticationState(principal)));

        await host.Services.GetRequiredService<People>().SetDisabledAsync(Caller.System, paula, disabled: true, Token);

        await Eventually.TrueAsync(
            async () => (await page.GetAuthenticationStateAsync()).User.Identity?.IsAuthenticated != true,
            "the page knows nobody any more",
            TimeSpan.FromSeconds(5),
            Token);
    }

    /// <summary>A new Operator who is signed in.</summary>
    private async Task<(string Id, ClaimsPrincipal Principal)> PersonAsync(string name)
    {
        var person = await host.Services.GetRequiredService<People>().AddAsync(Caller.System, name, Password, Role.Operator);
        using var browser = new FormClient(host.Address);
        await browser.SignInAsync(name, Password);
        var session = Assert.Single(await host.Services.GetRequiredService<Sessions>().ListAsync(new Caller(person.Id, name, Role.Operator, "test"), Token));
        return (person.Id, new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, person.Id), new(ClaimTypes.Name, name), new(ClaimTypes.Role, nameof(Role.Operator)), new(PanelClaims.Session, session.Id)],
            "test")));
    }

    private static async Task EndsAsync(HttpResponseMessage stream)
    {
        var buffer = new byte[64 * 1024];
        var body = await stream.Content.ReadAsStreamAsync(Token);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);

            // The bar is 2 s; the rest is for a busy machine.
            patience.CancelAfter(TimeSpan.FromSeconds(5));
            while (await body.ReadAsync(buffer, patience.Token) > 0)
            {
                // What was on its way.
            }
        }
        catch (Exception ended) when (ended is IOException or HttpIOException)
        {
            // The panel cut it, which is an end, too.
        }
    }

    private static async Task<HttpStatusCode> AimAsync(FormClient browser)
    {
        using var body = new StringContent("{\"pan\":1}", Encoding.UTF8, "application/json");
        using var answer = await browser.Http.PostAsync("/api/gimbal/relative", body, Token);
        return answer.StatusCode;
    }
}
