using Microsoft.AspNetCore.Components;

namespace PiCam.Blazor.Layout;

/// <summary>Leads who is not, or no longer, signed in to the sign-in page. A new document: the circuit ends with it.</summary>
public sealed class RedirectToSignIn : ComponentBase
{
    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override void OnInitialized() => Navigation.NavigateTo("/sign-in", forceLoad: true);
}
