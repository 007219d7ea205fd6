using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PiCam.Blazor.Audit;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

/// <summary>Guessing passwords, on a panel that nobody else wants to sign in to.</summary>
public sealed class GuessCheckTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Password = "a long enough password";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S13_Guesses_AreFiveAMinute_WhateverTheClientSaysOfItsAddress()
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < GuessLimit.Attempts + 2; i++)
        {
            using var browser = new FormClient(host.Address);
            browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", $"203.0.113.{i}");
            statuses.Add(await browser.SignInAsync($"somebody{i}", "a wrong password"));
        }

        Assert.All(statuses.Take(GuessLimit.Attempts), status => Assert.Equal(HttpStatusCode.BadRequest, status));
        Assert.All(statuses.Skip(GuessLimit.Attempts), status => Assert.Equal(HttpStatusCode.TooManyRequests, status));

        // Not even the right one is looked at now.
        using var late = new FormClient(host.Address);
        using var answer = await late.PostAsync("/sign-in", new() { ["Form.UserName"] = "ana", ["Form.Password"] = Password });
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

        await host.Services.GetRequiredService<AuditTrail>().FlushAsync(Token);
        var failures = await host.Services.GetRequiredService<AuditLog>().PageAsync(
            Caller.System, new() { Action = AuditAction.SignInFailed }, null, Token);
        Assert.Equal(GuessLimit.Attempts, failures.Count);
        Assert.All(failures, failure => Assert.Equal("127.0.0.1", failure.Address));
    }

    [Fact]
    public async Task S13_Guesses_AtOneAccount_AreFiveAMinuteFromAllAddressesTogether()
    {
        await using var panel = await PanelHost.StartAsync(Token, time: null, "--Network:KnownProxies:0=127.0.0.1");
        await panel.AddUserAsync("ana", Password, Role.Administrator, Token);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < GuessLimit.Attempts + 2; i++)
        {
            // Each from elsewhere: of a known proxy this is believed.
            using var browser = new FormClient(panel.Address);
            browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", $"203.0.113.{i}");
            statuses.Add(await browser.SignInAsync("ana", "a wrong password"));
        }

        Assert.All(statuses.Take(GuessLimit.Attempts), status => Assert.Equal(HttpStatusCode.BadRequest, status));
        Assert.All(statuses.Skip(GuessLimit.Attempts), status => Assert.Equal(HttpStatusCode.TooManyRequests, status));
    }
}
