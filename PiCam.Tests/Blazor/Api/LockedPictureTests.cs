using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using PiCam.Core.Access;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Blazor.Api;

/// <summary>What locking the look is for: the same thing looks the same in every picture, whatever else comes into view.</summary>
public sealed class LockedPictureTests
{
    // In sensor pixels: the whole harbour with the sun in it, and its dark corner without; the pavement and the colour card are in both.
    private static readonly SKRectI Bright = SKRectI.Create(16, 240, 2560, 1440);
    private static readonly SKRectI Dark = SKRectI.Create(1296, 840, 1280, 720);
    private static readonly SKRectI Unchanging = new(1400, 1400, 2540, 1540);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TenPictures_SunInAndOutOfView_AreEvenWithinAPercentOnlyWhenLocked()
    {
        await using var panel = await PanelProcess.StartAsync(Token, "--Camera:Width=640", "--Camera:Height=360");
        await panel.AddPersonAsync("ana", "a long enough password", Role.Administrator);
        using var client = new HttpClient { BaseAddress = new Uri(panel.Address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await panel.AddTokenAsync("otto", Role.Operator));
        await ApiHost.LiveAsync(client);

        await ShowAsync(client, Bright);
        var bright = await BrightnessAsync(client, Bright);
        await ShowAsync(client, Dark);
        var dark = bright;
        await Eventually.TrueAsync(
            async () => (dark = await BrightnessAsync(client, Dark)) > bright * 1.1,
            "automatic exposure makes the same pavement more than a tenth brighter",
            TimeSpan.FromSeconds(30),
            Token);

        await ApiHost.CallAsync(client, "POST", "/api/look/lock");
        await Eventually.TrueAsync(
            async () => (await ApiHost.CallAsync(client, "GET", "/api/look")).Json!["state"]!.GetValue<string>() == "locked",
            "the look is locked",
            TimeSpan.FromSeconds(60),
            Token);
        List<double> locked = [];
        for (var i = 0; i < 10; i++)
        {
            var view = i % 2 == 0 ? Bright : Dark;
            await ShowAsync(client, view);
            locked.Add(await BrightnessAsync(client, view));
        }

        Assert.True(
            locked.Max() / locked.Min() < 1.01,
            string.Join(' ', locked.Select(b => b.ToString("0.00", CultureInfo.InvariantCulture))));
    }

    /// <summary>Zooms, and waits for as many pictures of it as automatic exposure would need to follow by far more than a percent.</summary>
    private static async Task ShowAsync(HttpClient client, SKRectI view)
    {
        var crop = new JsonArray(view.Left, view.Top, view.Width, view.Height);
        await ApiHost.CallAsync(client, "PATCH", "/api/camera/controls", new JsonObject { ["scalerCrop"] = crop }.ToJsonString());
        await Eventually.TrueAsync(
            async () => JsonNode.DeepEquals(
                (await ApiHost.CallAsync(client, "GET", "/api/camera/controls")).Json!["actual"]?["scalerCrop"], crop),
            "the view is there",
            TimeSpan.FromSeconds(30),
            Token);
        var before = Array.Empty<byte>();
        for (var pictures = 0; pictures < 20;)
        {
            var picture = await client.GetByteArrayAsync(new Uri("/snapshot.jpg", UriKind.Relative), Token);
            pictures += picture.AsSpan().SequenceEqual(before) ? 0 : 1;
            before = picture;
        }
    }

    /// <summary>The mean green of what does not change, 0 to 255.</summary>
    private static async Task<double> BrightnessAsync(HttpClient client, SKRectI view)
    {
        using var picture = SKBitmap.Decode(await client.GetByteArrayAsync(new Uri("/snapshot.jpg", UriKind.Relative), Token));
        var scale = (double)picture.Width / view.Width;
        var sum = 0.0;
        var count = 0;
        for (var y = (int)((Unchanging.Top - view.Top) * scale); y < (Unchanging.Bottom - view.Top) * scale; y++)
        {
            for (var x = (int)((Unchanging.Left - view.Left) * scale); x < (Unchanging.Right - view.Left) * scale; x++)
            {
                sum += picture.GetPixel(x, y).Green;
                count++;
            }
        }

        return sum / count;
    }
}
