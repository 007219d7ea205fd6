using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Viewing;

namespace PiCam.Blazor.Live;

/// <summary>How many watch now, and behind that their names.</summary>
public sealed partial class Watchers : LiveComponent
{
    private IReadOnlyList<Viewer> viewers = [];

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Inject]
    private Viewers Viewers { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Follow(pulse => Viewers.Changed += pulse, pulse => Viewers.Changed -= pulse);
        ReadState();
    }

    protected override void ReadState() => viewers = Viewers.Now;

    private static bool IsProgram(Viewer viewer) => TokenIdentity.TryReadToken(viewer.UserId) is not null;
}
