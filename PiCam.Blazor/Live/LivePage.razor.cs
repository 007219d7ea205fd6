using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using PiCam.Blazor.Live.Transports;
using PiCam.Blazor.Security;
using PiCam.Core.Access;
using PiCam.Core.Gimbals;

namespace PiCam.Blazor.Live;

/// <summary>The live page: the picture, and the instruments on it.</summary>
public sealed partial class LivePage : IAsyncDisposable
{
    private ViewerStatistics statistics = default!;
    private Caller? caller;
    private TransportKind transport;
    private PageScript? remembered;

    // Wide screens start with the panel open, phones with it closed; the style sheet reads the one switch both ways.
    private bool panelToggled;
    private bool isWide;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private Gimbal Gimbal { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    // A guest's wide screen starts with it closed, too.
    private bool PanelShows => (isWide && caller?.May(Permission.SeeAll) == true) != panelToggled;

    private bool MayAim => Gimbal.Exists && caller?.May(Permission.Aim) == true;

    protected override async Task OnInitializedAsync()
    {
        statistics = new ViewerStatistics(Time);
        caller = CallerFactory.From((await Authentication).User);
    }

    private void TogglePanel() => panelToggled = !panelToggled;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            remembered = new PageScript(Js, "./js/remembered.js");
            await remembered.OpenAsync();
            if (Enum.TryParse<TransportKind>(await remembered.CallAsync<string>("get", "transport"), out var chosen) && chosen != transport)
            {
                transport = chosen;
                StateHasChanged();
            }
        }
    }

    private async Task UseTransportAsync(TransportKind chosen)
    {
        transport = chosen;
        if (remembered is not null)
        {
            await remembered.CallAsync<object>("set", "transport", chosen.ToString());
        }
    }

    public ValueTask DisposeAsync() => remembered?.DisposeAsync() ?? ValueTask.CompletedTask;
}
