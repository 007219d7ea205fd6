using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;

namespace PiCam.Blazor.Certificates;

/// <summary>By which certificate the panel speaks HTTPS, and whether everybody is led there. For Administrators.</summary>
public sealed partial class HttpsCard : LiveComponent
{
    private static readonly Dictionary<string, object?> described = new() { ["aria-describedby"] = "https-always-means" };

    private Uri page = default!;
    private string? secure;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Inject]
    private PanelCertificate Certificate { get; set; } = default!;

    [Inject]
    private HttpsEndpoint Endpoint { get; set; } = default!;

    [Inject]
    private AlwaysHttps Always { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private PersonAction Action { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        page = new Uri(Navigation.Uri);
        secure = Endpoint.AddressOf(page);
        Follow(pulse => Certificate.Changed += pulse, pulse => Certificate.Changed -= pulse);
        Follow(pulse => Always.Changed += pulse, pulse => Always.Changed -= pulse);
    }

    private async Task SwitchAsync(bool on)
    {
        await Action.RunAsync(() => on ? Always.TurnOnAsync(Caller, page, Endpoint) : Always.TurnOffAsync(Caller));
        StateHasChanged();
    }
}
