using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Live.Instruments;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Gimbals;

namespace PiCam.Blazor.Layout;

/// <summary>The keys that this person has on this panel, behind a button and the key "?".</summary>
public sealed partial class KeyHelp
{
    private IReadOnlyList<Group> groups = [];

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private Gimbal Gimbal { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        if (user.Identity?.IsAuthenticated == true)
        {
            groups = [.. Groups(CallerFactory.From(user)).Where(group => group.Keys.Count > 0)];
        }
    }

    private IEnumerable<Group> Groups(Caller caller)
    {
        yield return new(T["KeyGroupAim"], Gimbal.Exists && caller.May(Permission.Aim)
            ?
            [
                new(["←", "→", "↑", "↓"], T["KeyAim"]),
                new(["Shift", "←", "→", "↑", "↓"], T["KeyAimSlowly"]),
                new([T["KeyNameSpace"]], T["KeyStop"]),
                new(["Home"], T["KeyHome"]),
                new(["1", "…", "9"], T["KeyPreset"]),
                new(["V"], T["KeyPresets"]),
            ]
            : []);
        yield return new(T["KeyGroupLive"],
        [
            .. caller.May(Permission.Capture) ? new Shortcut[] { new(["C"], T["TakePicture"]), new(["B"], T["KeyBurst"]), new(["R"], T["KeyRecord"]) } : [],
            .. caller.May(Permission.AdjustPicture) ? new Shortcut[] { new(["L"], T["KeyLookLock"]) } : [],
            new(["P"], T["KeyPanel"]),
            .. PictureInstruments.Toggles.Select(toggle => new Shortcut([toggle.Key], T["Instrument." + toggle.Name])),
        ]);
        yield return new(T["KeyGroupLibrary"],
        [
            new(["S"], T["LibrarySelect"]),
            new(["Shift", T["KeyNameClick"]], T["KeyLibraryRange"]),
            new(["Ctrl", "A"], T["LibrarySelectAll"]),
            new(["J"], T["LibraryJump"]),
            new(["F"], T["LibraryFilter"]),
            new(["←", "→", "Home", "End"], T["KeyLibraryStep"]),
            new(["+", "−"], T["Zoom"]),
            new(["I"], T["LibraryFacts"]),
            new(["D"], T["Download"]),
            .. caller.May(Permission.EditMedia)
                ? new Shortcut[] { new(["R"], T["Rename"]), new(["P"], T["LibraryProtect"]), new(["Delete"], T["Delete"]) }
                : [],
        ]);
        yield return new(T["KeyGroupAnywhere"],
        [
            new(["?"], T["KeyThis"]),
            new(["Esc"], T["ClosePanelKey"]),
        ]);
    }

    private sealed record Group(string Title, IReadOnlyList<Shortcut> Keys);

    private sealed record Shortcut(IReadOnlyList<string> Names, string Does);
}
