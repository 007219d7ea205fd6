using Microsoft.AspNetCore.Components;
using PiCam.Blazor.Live;
using PiCam.Blazor.Resources;
using PiCam.Core.Cameras;
using PiCam.Core.Clocks;
using PiCam.Core.Photography.Looks;
using PiCam.Core.TimeLapses;

namespace PiCam.Blazor.TimeLapses;

/// <summary>Makes a time-lapse, and says before what it comes to.</summary>
public sealed partial class TimeLapseForm : CameraControlComponent
{
    private static readonly PixelSize[] Usual = [new(1920, 1080), new(1280, 720), new(640, 360)];

    private ElementReference heading;

    [Parameter, EditorRequired]
    public TimeLapseDraft Draft { get; set; } = default!;

    /// <summary>Whether somebody asked for it just now, and so goes on with it.</summary>
    [Parameter]
    public bool TakesFocus { get; set; }

    /// <summary>It was started, or given up.</summary>
    [Parameter, EditorRequired]
    public EventCallback Done { get; set; }

    [Inject]
    private TimeLapseBook Book { get; set; } = default!;

    [Inject]
    private PlaceSetting Place { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private PixelSize Largest => State.Capabilities is { } can ? can.StillSize ?? can.Size : Usual[0];

    private IEnumerable<PixelSize> Sizes => Usual.Where(size => size.Width <= Largest.Width && size.Height <= Largest.Height);

    // A camera that says nothing of its exposure is neither smoothed nor locked.
    private IEnumerable<TimeLapseLook> Looks => FrozenControls.CanFreeze(State) ? Enum.GetValues<TimeLapseLook>() : [TimeLapseLook.Automatic];

    private TimeLapsePlan Plan => Draft.ToPlan(Sizes, Time.LocalTimeZone) is var plan && !Looks.Contains(plan.Look)
        ? plan with { Look = TimeLapseLook.Automatic }
        : plan;

    private string Estimate
    {
        get
        {
            var plan = Plan;
            if (plan.Interval < TimeLapsePlan.ShortestInterval || plan.Interval > TimeLapsePlan.LongestInterval || plan.Quality is < 1 or > 100)
            {
                return "";
            }

            var estimate = TimeLapseEstimate.Of(plan, Book.Schedule(plan), Largest, Time.GetLocalNow());
            if (estimate.PicturesPerDay == 0)
            {
                // In the polar night, or where nobody has said where the camera stands.
                return "";
            }

            var perDay = T["TimeLapsePerDay", QuantityTexts.Count(estimate.PicturesPerDay), QuantityTexts.Bytes(estimate.BytesPerDay)].Value;
            return estimate is { Pictures: { } pictures, Bytes: { } bytes }
                ? T["TimeLapseTotal", QuantityTexts.Count(pictures), QuantityTexts.Bytes(bytes), perDay]
                : perDay;
        }
    }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Follow(pulse => Book.Changed += pulse, pulse => Book.Changed -= pulse);
        Follow(pulse => Place.Changed += pulse, pulse => Place.Changed -= pulse);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && TakesFocus)
        {
            await heading.TryFocusAsync();
        }
    }

    private Task StartAsync(bool takeOver) => Action.RunAsync(async () =>
    {
        await Book.CreateAsync(Caller, Plan, takeOver);
        await Done.InvokeAsync();
    });
}
