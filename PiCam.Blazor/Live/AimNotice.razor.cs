using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PiCam.Blazor.Resources;
using PiCam.Core.Access;
using PiCam.Core.Gimbals;

namespace PiCam.Blazor.Live;

/// <summary>Beside the stick: the name of who else moves the gimbal, so that two people do not pull against each other unknowingly.</summary>
public sealed partial class AimNotice : LiveComponent
{
    // Somebody who aims by short pulls is aiming all the time.
    private static readonly TimeSpan Lingers = TimeSpan.FromSeconds(2);

    private ITimer? leaving;
    private volatile string? mover;
    private string? name;

    [Parameter, EditorRequired]
    public Caller Caller { get; set; } = default!;

    [Inject]
    private Gimbal Gimbal { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    public override async ValueTask DisposeAsync()
    {
        Gimbal.Changed -= Look;
        if (leaving is not null)
        {
            await leaving.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        leaving = Time.CreateTimer(_ => Show(null), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Gimbal.Changed += Look;
        Look();
    }

    protected override void ReadState() => name = mover;

    private void Look()
    {
        if (Gimbal.MovedByAnother(Caller) is { } another)
        {
            leaving?.Change(Lingers, Timeout.InfiniteTimeSpan);
            Show(another);
        }
    }

    private void Show(string? newMover)
    {
        if (mover != newMover)
        {
            mover = newMover;
            Pulse();
        }
    }
}
