using Microsoft.Playwright;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>Pictures are copied to another disk, as a person does it.</summary>
[Collection(BrowserLane.Two)]
public sealed class ExportTests(LibraryPanel panel) : IClassFixture<LibraryPanel>, IAsyncDisposable
{
    public ValueTask DisposeAsync() => panel.ClosePagesAsync();

    [Theory]
    [InlineData(1440, 900, "light")]
    [InlineData(390, 844, "dark")]
    public async Task Selection_Exported_IsOnTheDiskAndThePageSaysSo(int width, int height, string theme)
    {
        var name = $"stick{width}";
        foreach (var n in Enumerable.Range(0, 3))
        {
            await panel.AddAsync($"{name}-{n}", n);
        }

        var page = await panel.OpenAsync($"/library?text={name}", width, height, theme);
        await page.Locator(".tile[data-id]").Nth(2).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Select", Exact = true }).ClickAsync();
        await page.GetByText("0 selected").WaitForAsync();
        await page.Locator(".tile[data-id]").Nth(0).ClickAsync();
        await page.Locator(".tile[data-id]").Nth(2).ClickAsync();
        await page.GetByText("2 selected").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Export to a disk" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Export to a disk" });
        await dialog.GetByRole(AriaRole.Heading, new() { Name = "Export 2" }).WaitForAsync();
        await dialog.GetByText(panel.ExportFolder).WaitForAsync();
        await Accessibility.CheckAsync(page, "the choice of a disk");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).ClickAsync();

        await page.GetByText("Exported to exports: 2").WaitForAsync();
        Assert.False(await dialog.IsVisibleAsync());
        await Accessibility.CheckAsync(page, "the library after an export");
        var copies = Directory.GetFiles(panel.ExportFolder, name + "*", SearchOption.AllDirectories);
        Assert.Equal([$"{name}-0.jpg", $"{name}-2.jpg"], copies.Select(Path.GetFileName).Order());
        Assert.All(copies, copy => Assert.True(new FileInfo(copy).Length > 10_000));

        await page.Locator(".exports").GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await page.GetByText("Exported to exports").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }
}
