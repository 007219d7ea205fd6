using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PiCam.Blazor.Account;
using PiCam.Core.Clocks;
using PiCam.Core.Gimbals.Presets;
using PiCam.Core.Gimbals.Tours;
using PiCam.Core.Photography.Looks;
using PiCam.Core.Schedules;
using PiCam.Core.TimeLapses;
using PiCam.Tests.Blazor.Api;
using PiCam.Tests.Blazor.Schedules;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>The schedule's page, as a person uses it.</summary>
[Collection(BrowserLane.One)]
public sealed class ScheduleTests(ScheduleHost host, ChromiumFixture chromium) : IClassFixture<ScheduleHost>, IAsyncLifetime
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse(ScheduleExample.Now, CultureInfo.InvariantCulture);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ScheduleBook Book => Get<ScheduleBook>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var entry in Book.All)
        {
            await Book.RemoveAsync(Callers.Operator, entry.Id);
        }
    }

    [Theory]
    [InlineData(1440, 900, "dark", "en-GB")]
    [InlineData(390, 844, "light", "zh-CN")]
    public async Task ThirtyExamples_AcrossASummerTimeChange_AreSaidInTheLanguageOfThePerson(int width, int height, string theme, string locale)
    {
        await Get<PlaceSetting>().SetAsync(Callers.Operator, new Place(52.52, 13.4));
        var look = await Get<LookBook>().SaveAsync(Callers.Operator, "x");
        var ids = await TargetsAsync();
        foreach (var example in ScheduleExample.All)
        {
            var body = JsonNode.Parse(example.Json)!;
            if (body["target"]?.GetValue<string>() is { } target)
            {
                body["target"] = target == "gone" ? look.Id : ids.GetValueOrDefault(target, target);
            }

            Assert.Equal((example.Json, 201), (example.Json, (await ApiHost.CallAsync(host.Operator, "POST", "/api/schedule", body.ToJsonString())).Status));
        }

        await Get<LookBook>().RemoveAsync(Callers.Operator, look.Id);

        var isChinese = locale == "zh-CN";
        await using var context = await ContextAsync(width, height, theme, locale);
        var page = await OpenAsync(context);
        await page.Locator(".entries > section").Nth(ScheduleExample.All.Count - 1).WaitForAsync();

        Assert.Equal(ScheduleExample.All.Select(example => isChinese ? example.Chinese : example.English), await page.Locator(".entries h2").AllInnerTextsAsync());
        Assert.Equal(
            ScheduleExample.All.Select(example => (isChinese ? "下一次：" : "Next: ") + Said(Book.Calendar(example.Read().Timing).Next(Now)!.Value, isChinese)),
            await page.Locator(".entries .times > span:first-child").AllInnerTextsAsync());
        await page.Locator(".next li").Nth(9).WaitForAsync();
        Assert.Equal(10, await page.Locator(".next li").CountAsync());
        await Accessibility.CheckAsync(page, "the schedule");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth"));
    }

    [Theory]
    [InlineData(1440, 900, "light")]
    [InlineData(390, 844, "dark")]
    public async Task Entry_MadeChangedSwitchedDeletedAndBroughtBack(int width, int height, string theme)
    {
        await using var context = await ContextAsync(width, height, theme, "en-GB");
        var page = await OpenAsync(context);
        await page.GetByText("Nothing happens by itself yet.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "New entry" }).ClickAsync();

        var form = page.Locator("form.card");
        await form.GetByLabel("What", new() { Exact = true }).SelectOptionAsync("Record");
        await form.GetByLabel("Duration").FillAsync("90");
        await form.GetByLabel("Time 1", new() { Exact = true }).FillAsync("06:45");
        await form.GetByRole(AriaRole.Button, new() { Name = "Another time" }).ClickAsync();
        await form.GetByLabel("Time 2", new() { Exact = true }).FillAsync("20:15");
        await form.GetByLabel("Sunday", new() { Exact = true }).CheckAsync();
        await form.GetByText("On Sunday at 06:45 and 20:15: record for 1 min 30 s.").WaitForAsync();
        await form.GetByText("First: Tomorrow 06:45 · Tomorrow 20:15").WaitForAsync();
        await Accessibility.CheckAsync(page, "the schedule's form");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        var card = page.Locator(".entries > section");
        await card.GetByText("Next: Tomorrow 06:45").WaitForAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        await form.GetByLabel("Again and again", new() { Exact = true }).CheckAsync();
        await form.GetByLabel("Interval in minutes").FillAsync("0");
        await form.GetByLabel("Interval in minutes").BlurAsync();
        await form.GetByText("Interval in minutes cannot be 0; allowed: 1 to 1440").WaitForAsync();
        Assert.True(await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).IsDisabledAsync());
        await form.GetByLabel("By the sun", new() { Exact = true }).CheckAsync();
        await form.GetByLabel("Latitude").FillAsync("52.52");
        await form.GetByLabel("Longitude").FillAsync("13.4");
        await form.GetByLabel("Offset in minutes").FillAsync("30");
        await form.GetByLabel("Offset in minutes").BlurAsync();
        await form.GetByLabel("Before or after").SelectOptionAsync("before");
        await form.GetByText("On Sunday 30 min before sunset: record for 1 min 30 s.").WaitForAsync();
        await form.GetByLabel("Again and again", new() { Exact = true }).CheckAsync();
        await form.GetByLabel("Interval in minutes").FillAsync("20");
        await form.GetByLabel("Interval in minutes").BlurAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await card.GetByText("On Sunday every 20 minutes: record for 1 min 30 s.").WaitForAsync();

        await card.GetByRole(AriaRole.Switch).UncheckAsync();
        await card.GetByText("Switched off").WaitForAsync();
        Assert.False(Assert.Single(Book.All).IsOn);
        await card.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByText("Nothing happens by itself yet.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await card.GetByText("Switched off").WaitForAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth"));
    }

    private static string Said(DateTimeOffset at, bool isChinese)
    {
        var days = (at.Date - Now.Date).Days;
        var culture = isChinese ? new CultureInfo(PanelCultures.Chinese) : PanelCultures.PlainEnglish;
        var day = days switch
        {
            0 => isChinese ? "今天" : "Today",
            1 => isChinese ? "明天" : "Tomorrow",
            < 7 => at.ToString("dddd", culture),
            _ => at.ToString("m", culture),
        };
        return day + " " + at.ToString(at.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
    }

    private T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    private async Task<Dictionary<string, string>> TargetsAsync()
    {
        var (lapses, presets, tours) = (Get<TimeLapseBook>(), Get<PresetBook>(), Get<TourBook>());
        if (lapses.All.Count == 0)
        {
            var lapse = await lapses.CreateAsync(Callers.Operator, new TimeLapsePlan { Name = "Garden", Interval = TimeSpan.FromHours(1) });
            await lapses.EndAsync(Callers.Operator, lapse.Id);
            var door = await presets.SetAsync(Callers.Operator, "Door 门", withLook: false, Token);
            await tours.SaveAsync(Callers.Operator, new Tour("", "Round", [new TourStop(door.Id, 5)], Repeats: false));
        }

        return new() { ["garden"] = lapses.All[0].Id, ["door"] = presets.All[0].Id, ["round"] = tours.All[0].Id };
    }

    private async Task<IBrowserContext> ContextAsync(int width, int height, string theme, string locale)
    {
        var browser = await chromium.BrowserAsync(Token);
        var context = await browser.NewContextAsync(new() { Locale = locale, ViewportSize = new() { Width = width, Height = height }, HasTouch = width < 600 });
        context.SetDefaultTimeout(60_000);
        await context.AddCookiesAsync([new() { Name = "picam-theme", Value = theme, Url = host.Address.ToString() }]);
        return context;
    }

    private async Task<IPage> OpenAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(host.Address, "/schedule").ToString());
        await page.Locator("#user-name").FillAsync("ana");
        await page.Locator("#password").FillAsync("a long enough password");
        await page.Locator("button[type=submit]").ClickAsync();
        return page;
    }
}
