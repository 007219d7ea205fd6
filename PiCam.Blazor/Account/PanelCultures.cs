using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace PiCam.Blazor.Account;

/// <summary>The languages that the panel speaks.</summary>
internal static class PanelCultures
{
    public const string English = "en";
    public const string Chinese = "zh-Hans";

    /// <summary>English as the panel writes it.</summary>
    internal static readonly CultureInfo PlainEnglish = EnglishWithPlainDates();

    public static void Configure(RequestLocalizationOptions options)
    {
        CultureInfo[] spoken = [PlainEnglish, CultureInfo.GetCultureInfo(Chinese)];
        options.DefaultRequestCulture = new RequestCulture(spoken[0]);
        options.SupportedCultures = options.SupportedUICultures = spoken;

        // The person's own choice, else the panel's, else the browser's languages.
        options.RequestCultureProviders =
        [
            new CookieRequestCultureProvider(),
            new CustomRequestCultureProvider(context => Task.FromResult(
                context.RequestServices.GetRequiredService<PanelLanguage>().Culture is { } culture ? new ProviderCultureResult(culture) : null)),
            new CustomRequestCultureProvider(context => Task.FromResult(FromBrowser(context.Request))),
        ];
    }

    /// <summary>The supported culture nearest to <paramref name="name"/>: zh-CN, zh-TW and zh all read Chinese. Null: none is near.</summary>
    public static string? Nearest(string? name) => (name ?? string.Empty).Split('-')[0].ToLowerInvariant() switch
    {
        "zh" => Chinese,
        "en" => English,
        _ => null,
    };

    /// <summary>The culture that the link "other language" leads to.</summary>
    public static string Other => Nearest(CultureInfo.CurrentUICulture.Name) == Chinese ? English : Chinese;

    // 4 Mar 2026 21:05: read the same on both sides of the Atlantic, where 3/4 is two days.
    private static CultureInfo EnglishWithPlainDates()
    {
        var english = new CultureInfo(English);
        english.DateTimeFormat.ShortDatePattern = "d MMM yyyy";
        english.DateTimeFormat.MonthDayPattern = "d MMM";
        english.DateTimeFormat.LongDatePattern = "dddd, d MMMM yyyy";
        english.DateTimeFormat.ShortTimePattern = "HH:mm";
        english.DateTimeFormat.LongTimePattern = "HH:mm:ss";
        return CultureInfo.ReadOnly(english);
    }

    private static ProviderCultureResult? FromBrowser(HttpRequest request)
    {
        var nearest = request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => Nearest(language.Value.Value))
            .FirstOrDefault(culture => culture is not null);
        return nearest is null ? null : new ProviderCultureResult(nearest);
    }
}
