using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PiCam.Blazor.Security;
using Xunit;

namespace PiCam.Tests.Blazor.Security;

/// <summary>Whose word counts about the client's address.</summary>
public sealed class KnownProxiesTests
{
    [Theory]
    [InlineData("172.18.0.5", "203.0.113.9", "203.0.113.9", true)]
    [InlineData("::ffff:172.18.0.5", "203.0.113.9", "203.0.113.9", true)]
    [InlineData("172.18.0.5", "1.1.1.1, 203.0.113.9, 10.0.0.1", "203.0.113.9", true)]
    [InlineData("fd00::1", "2001:db8::9", "2001:db8::9", true)]
    [InlineData("172.19.0.5", "203.0.113.9", "172.19.0.5", false)]
    [InlineData("203.0.113.1", "172.18.0.5", "203.0.113.1", false)]
    public async Task Client_IsWhoTheLastKnownProxySays(string peer, string forwarded, string client, bool passed)
    {
        await using var provider = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).BuildServiceProvider();
        var app = new ApplicationBuilder(provider);
        new KnownProxies(Options.Create(new NetworkOptions { KnownProxies = ["172.18.0.0/16", "10.0.0.1", "fd00::1"] })).Use(app);
        var seen = (Client: "", Passed: false);
        app.Run(context =>
        {
            seen = (context.Connection.RemoteIpAddress!.ToString(), KnownProxies.HasPassed(context));
            return Task.CompletedTask;
        });
        var request = new DefaultHttpContext { RequestServices = provider };
        request.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        request.Request.Headers["X-Forwarded-For"] = forwarded;

        await app.Build()(request);

        Assert.Equal((client, passed), seen);
    }

    [Fact]
    public async Task NoneConfigured_NobodyIsBelieved()
    {
        await using var provider = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).BuildServiceProvider();
        var app = new ApplicationBuilder(provider);
        new KnownProxies(Options.Create(new NetworkOptions())).Use(app);
        var scheme = "";
        app.Run(context =>
        {
            scheme = context.Request.Scheme;
            return Task.CompletedTask;
        });
        var request = new DefaultHttpContext { RequestServices = provider, Request = { Scheme = "http" } };
        request.Connection.RemoteIpAddress = IPAddress.Loopback;
        request.Request.Headers["X-Forwarded-Proto"] = "https";

        await app.Build()(request);

        Assert.Equal("http", scheme);
    }
}
