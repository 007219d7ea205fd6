using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Blazor.Security;
using PiCam.Core.Access;

namespace PiCam.Blazor.Profile;

/// <summary>A card with changes for which the password is asked again, unless it was typed lately.</summary>
public abstract class ConfirmedCard : ComponentBase
{
    // What waits for the password; null: nothing.
    private Func<Task>? wanted;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    /// <summary>The browser's session; null: who asks has none.</summary>
    [Parameter]
    public string? Session { get; set; }

    [Inject]
    protected PersonAction Action { get; set; } = default!;

    [Inject]
    protected IStringLocalizer<Texts> T { get; set; } = default!;

    /// <summary>Whether the password is asked for now, by a <see cref="ConfirmForm"/>.</summary>
    protected bool IsAsking => wanted is not null;

    [Inject]
    private Sessions Sessions { get; set; } = default!;

    /// <summary>Does it, or asks for the password first.</summary>
    protected async Task WantAsync(Func<Task> act)
    {
        wanted = act;
        var isConfirmed = false;
        await Action.RunAsync(async () => isConfirmed = await Sessions.IsConfirmedAsync(Session, CancellationToken.None));
        if (isConfirmed)
        {
            await GoOnAsync();
        }
    }

    /// <summary>The password was typed.</summary>
    protected async Task GoOnAsync()
    {
        if (wanted is { } act)
        {
            wanted = null;
            await Action.RunAsync(act);
        }
    }
}
