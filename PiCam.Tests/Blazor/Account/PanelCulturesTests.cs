using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PiCam.Blazor.Account;
using PiCam.Tests.Blazor.Api;
using Xunit;

namespace PiCam.Tests.Blazor.Account;

public sealed class PanelCulturesTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("d", "4 Mar 2026")]
    [InlineData("m", "4 Mar")]
    [InlineData("D", "Wednesday, 4 March 2026")]
    [InlineData("t", "21:05")]
    [InlineData("G", "4 Mar 2026 21:05:09")]
    public void English_InAnyFormat_PutsTheDayFirstAndCountsTheHoursOn(string format, string expected) =>
        Assert.Equal(expected, new DateTime(2026, 3, 4, 21, 5, 9).ToString(format, PanelCultures.PlainEnglish));

    [Theory]
    [InlineData("en-GB,en;q=0.9", "en", "4 Mar 2026 21:05")]
    [InlineData("en-US", "en", "4 Mar 2026 21:05")]
    [InlineData("fr", "en", "4 Mar 2026 21:05")]
    [InlineData("zh-CN,en;q=0.5", "zh-Hans", "2026/3/4 21:05")]
    public async Task Date_ForABrowserOfThatLanguage_ReadsOneWay(string browser, string language, string expected)
    {
        var options = new RequestLocalizationOptions();
        PanelCultures.Configure(options);
        var said = ("", "");
        var middleware = new RequestLocalizationMiddleware(
            _ =>
            {
                said = (CultureInfo.CurrentUICulture.Name, new DateTime(2026, 3, 4, 21, 5, 0).ToString("g", CultureInfo.CurrentCulture));
                return Task.CompletedTask;
            },
            Options.Create(options),
            NullLoggerFactory.Instance);
        var context = new DefaultHttpContext { RequestServices = host.Services };
        context.Request.Headers.AcceptLanguage = browser;

        await middleware.Invoke(context);

        Assert.Equal((language, expected), said);
    }
}
