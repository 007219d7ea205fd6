using Microsoft.Playwright;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>Shortcuts, the list of them, and who has a key first.</summary>
[Collection(BrowserLane.One)]
public sealed class KeyTests(LivePanelFixture fixture) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => fixture.ClosePagesAsync();

    [Theory]
    [InlineData("<input id=t>", "p ? Escape Home ArrowLeft", "")]
    [InlineData("<input id=t type=number>", "1 ArrowUp Home", "")]
    [InlineData("<textarea id=t></textarea>", "p ? ArrowLeft", "")]
    [InlineData("<div contenteditable=true><b id=t>x</b></div>", "p ? ArrowLeft", "")]
    [InlineData("<select id=t><option>x</select>", "p ArrowDown Home Escape", "")]
    [InlineData("<div role=listbox><i id=t role=option>x</i></div>", "p ArrowDown Home", "")]
    [InlineData("<dialog id=d><button id=t>x</button></dialog>", "p ? ArrowDown Home", "")]
    [InlineData("<input id=t type=range>", "ArrowLeft ArrowUp Home End PageUp", "p ? Escape")]
    [InlineData("<span id=t role=slider tabindex=0>x</span>", "ArrowLeft Home", "p ?")]
    [InlineData("<input id=t type=radio>", "ArrowLeft", "p ? Escape")]
    [InlineData("<input id=t type=checkbox>", "Space Enter", "p ? ArrowLeft Home")]
    [InlineData("<button id=t>x</button>", "Space Enter", "p ? ArrowLeft Home Escape")]
    [InlineData("<details><summary id=t>x</summary></details>", "Space Enter", "p ArrowLeft")]
    [InlineData("<a id=t href=/>x</a>", "Enter", "p ? Space ArrowLeft Home")]
    [InlineData("<div id=t role=application tabindex=0>x</div>", "", "p ? Space ArrowLeft Home Enter Escape")]
    public async Task Taken_ByTheFocusedControl_WhatItUsesOnly(string control, string taken, string free)
    {
        var page = await fixture.NewPageAsync(800, 600);
        await page.GotoAsync(fixture.Panel.Address);

        var answers = await page.EvaluateAsync<Dictionary<string, bool>>(
            """
            async ([control, keys]) => {
              const { taken } = await import('/js/keys.js');
              document.body.innerHTML = control;
              document.getElementById('d')?.showModal();
              const target = document.getElementById('t');
              return Object.fromEntries(keys.split(' ').filter(k => k).map(k => [k, taken(k === 'Space' ? ' ' : k, target)]));
            }
            """,
            new[] { control, $"{taken} {free}" });

        Assert.Equal(
            taken.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), answers.Where(a => a.Value).Select(a => a.Key).Order());
    }

    [Fact]
    public async Task ArrowKeys_AimUnlessASliderHasThem()
    {
        var live = await fixture.SignedInAsync();
        var angles = live.Page.Locator(".angles b");
        var start = await angles.First.TextContentAsync();

        var stops = await live.SliderPositionAsync("Exposure compensation");
        await live.Slider("Exposure compensation").FocusAsync();
        await live.Page.Keyboard.PressAsync("ArrowRight");
        await LivePage.UntilAsync(async () => await live.SliderPositionAsync("Exposure compensation") == stops + 1, "the slider takes the key");
        Assert.Equal(start, await angles.First.TextContentAsync());
        await live.Page.Keyboard.PressAsync("ArrowLeft");

        await live.Page.GetByLabel("Joystick").FocusAsync();
        await live.Page.Keyboard.DownAsync("ArrowRight");
        await LivePage.UntilAsync(async () => await angles.First.TextContentAsync() != start, "the gimbal pans");
        await live.Page.Keyboard.UpAsync("ArrowRight");
        await live.Page.Keyboard.PressAsync("Home");
        await LivePage.UntilAsync(async () => await angles.First.TextContentAsync() == "0.0°", "it goes home");
    }

    [Fact]
    public async Task P_OpensAndClosesTheSettingsButNotWhileOneTypes()
    {
        var live = await fixture.SignedInAsync();
        var panel = live.Page.Locator(".panel");
        var typed = live.Page.GetByLabel("Sensitivity value");
        await typed.FocusAsync();
        await live.Page.Keyboard.PressAsync("p");
        await LivePage.UntilAsync(async () => (await typed.InputValueAsync()).Contains('p', StringComparison.Ordinal), "the field takes the key");
        Assert.True(await panel.IsVisibleAsync());
        await live.Page.Keyboard.PressAsync("Backspace");

        // Read aloud, the button says what one sees.
        var button = live.Page.GetByRole(AriaRole.Button, new() { Name = "Picture settings", Exact = true });
        await LivePage.UntilAsync(async () => await button.GetAttributeAsync("aria-expanded") == "true", "it is said to be open");
        await live.Page.GetByLabel("Joystick").FocusAsync();
        await live.Page.Keyboard.PressAsync("p");
        await panel.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await LivePage.UntilAsync(async () => await button.GetAttributeAsync("aria-expanded") == "false", "it is said to be closed");
        await live.Page.Keyboard.PressAsync("Shift+P");
        await panel.WaitForAsync();
    }

    [Fact]
    public async Task Escape_OnAPhone_ClosesTheListFirstAndThenTheSettings()
    {
        var live = await fixture.SignedInAsync(390, 844);
        await live.Page.GetByLabel("Picture settings").First.ClickAsync();
        var panel = live.Page.Locator(".panel");
        await panel.WaitForAsync();
        await live.Page.Keyboard.PressAsync("?");
        var list = live.Page.Locator("#key-help");
        await list.WaitForAsync();

        await live.Page.Keyboard.PressAsync("Escape");
        await list.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        Assert.True(await panel.IsVisibleAsync());
        await live.Page.Keyboard.PressAsync("Escape");
        await panel.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    [Fact]
    public async Task QuestionMark_ListsEveryShortcutOfThePage()
    {
        var live = await fixture.SignedInAsync();
        await live.Page.Keyboard.PressAsync("?");
        await live.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" }).WaitForAsync();

        var listed = await live.Page.Locator("#key-help kbd").AllTextContentsAsync();
        var declared = await live.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('[aria-keyshortcuts]')].flatMap(b => b.getAttribute('aria-keyshortcuts').split(' '))");
        Assert.Contains("P", declared);
        Assert.Empty(declared.Select(key => key == "Escape" ? "Esc" : key).Except(listed));
        Assert.Superset(new HashSet<string> { "←", "→", "↑", "↓", "Shift", "Space", "Home" }, listed.ToHashSet());

        await live.Page.Keyboard.PressAsync("?");
        await live.Page.Locator("#key-help").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }
}
