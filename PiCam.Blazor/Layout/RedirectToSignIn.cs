using Microsoft.AspNetCore.Components;

namespace PiCam.Blazor.Layout;

/// <summary>
/// Asks the server for this address anew, as a new document: the circuit ends, and who is not, or no longer, signed in is led to the
/// sign-in page; who has another role by now sees the page as that role does.
/// </summary>
public sealed class RedirectToSignIn : ComponentBase
{
    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override void OnInitialized() => Navigation.Refresh(forceReload: true);
}
