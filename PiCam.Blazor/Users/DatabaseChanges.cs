using Microsoft.AspNetCore.Components;
using PiCam.Blazor.Data;
using PiCam.Blazor.Live;

namespace PiCam.Blazor.Users;

/// <summary>Tells the component around it that something was written to the database, by whomever.</summary>
public sealed class DatabaseChanges : LiveComponent
{
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private DatabaseWatcher Database { get; set; } = default!;

    protected override void OnInitialized()
    {
        Follow(handler => Database.Changed += handler, handler => Database.Changed -= handler);
        base.OnInitialized();
    }

    protected override Task OnPulseAsync() => OnChanged.InvokeAsync();
}
