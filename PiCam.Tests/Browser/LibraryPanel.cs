using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PiCam.Core.Access;
using PiCam.Core.Media;
using PiCam.Core.Stills;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>A panel with a library that the test fills, and its page in a real browser.</summary>
public sealed class LibraryPanel(ChromiumFixture chromium) : ApiHost, IAsyncDisposable
{
    /// <summary>Noon of a day long ago, where the panel is; what a test adds is around it.</summary>
    public static readonly DateTimeOffset Noon = new(new DateTime(2026, 6, 15, 12, 0, 0, DateTimeKind.Local));

    private readonly OpenContexts contexts = new();

    internal MediaLibrary Library => Services.GetRequiredService<MediaLibrary>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Takes down pictures that have no files, as fast as the disk writes.</summary>
    internal async Task IndexAsync(IReadOnlyList<MediaItem> items)
    {
        // Who starts up forgets what has no file.
        await Services.GetRequiredService<MediaUpkeep>().Reconciled.WaitAsync(TimeSpan.FromSeconds(30), Token);
        foreach (var batch in items.Chunk(2000))
        {
            await Services.GetRequiredService<IMediaIndex>().AddAsync(batch);
        }
    }

    /// <summary>Keeps a real picture that says how it was taken.</summary>
    internal Task<MediaItem> AddAsync(string name, double minutes = 0, MediaKind kind = MediaKind.Still, string? sequence = null, string? preset = null)
    {
        var takenAt = Noon.AddMinutes(minutes);
        var jpeg = Exif.Write(
            TestPictures.Gradient(1296, 972), new ExifFields { TakenAt = takenAt, ExposureTime = TimeSpan.FromMilliseconds(4), Iso = 200, Model = "OV5647" });
        var media = new NewMedia(kind, name) { TakenAt = takenAt, Sequence = sequence, Preset = preset };
        return Library.AddAsync(new Caller("o", "otto", Role.Operator, "test"), media, jpeg, Token);
    }

    /// <summary>Opens a page of the panel in a browser of its own, signed in.</summary>
    internal async Task<IPage> OpenAsync(string path, int width = 1440, int height = 900, string theme = "dark", string person = "ana")
    {
        var browser = await chromium.BrowserAsync(Token);
        var context = await browser.NewContextAsync(
            new() { Locale = "en-GB", ViewportSize = new() { Width = width, Height = height }, HasTouch = width < 600, AcceptDownloads = true });
        contexts.Add(context);
        context.SetDefaultTimeout(60_000);
        await context.AddCookiesAsync([new() { Name = "picam-theme", Value = theme, Url = Address.ToString() }]);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(Address, path).ToString());
        await page.Locator("#user-name").FillAsync(person);
        await page.Locator("#password").FillAsync("a long enough password");
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator(".library").WaitForAsync(new() { Timeout = 60_000 });
        return page;
    }

    /// <summary>Closes what a test opened.</summary>
    internal ValueTask ClosePagesAsync() => contexts.CloseAsync();
}
