using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PiCam.Blazor.Resources;

namespace PiCam.Blazor.Live;

/// <summary>
/// One camera control: thumb = asked, pulsing thumb = pending, tick = actual. The value can be typed; a double click or a
/// long press resets it. A drag sends one value at a time, and the last one always.
/// </summary>
public sealed partial class ControlSlider : ComponentBase, IAsyncDisposable
{
    private ElementReference range;
    private DotNetObjectReference<ControlSlider>? self;
    private IJSObjectReference? slider;
    private int typed;

    // The camera's own changes must not overwrite what is being typed.
    private string? textWhileTyping;

    /// <summary>The slider's name, for eyes and for screen readers.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>The accessible name of the field in which the value can be typed.</summary>
    [Parameter, EditorRequired]
    public string ValueName { get; set; } = "";

    /// <summary>The value with its unit.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>The highest position; positions are whole numbers from 0.</summary>
    [Parameter, EditorRequired]
    public int Last { get; set; }

    /// <summary>Where the thumb stands.</summary>
    [Parameter, EditorRequired]
    public double Position { get; set; }

    /// <summary>What the camera uses, as a position; null hides the tick.</summary>
    [Parameter]
    public double? ActualPosition { get; set; }

    /// <summary>The camera chooses, and the thumb stands where the camera is.</summary>
    [Parameter, EditorRequired]
    public bool Follows { get; set; }

    /// <summary>Asked, but not confirmed by a frame yet.</summary>
    [Parameter]
    public bool Pending { get; set; }

    /// <summary>Where the Auto switch stands; null: there is none.</summary>
    [Parameter]
    public bool? Automatic { get; set; }

    /// <summary>The accessible name of the Auto switch.</summary>
    [Parameter]
    public string? AutomaticName { get; set; }

    /// <summary>One line on why the actual value differs.</summary>
    [Parameter]
    public string? Note { get; set; }

    /// <summary>The person moved the thumb here.</summary>
    [Parameter]
    public Func<int, Task>? Moved { get; set; }

    [Parameter]
    public EventCallback<bool> AutomaticChanged { get; set; }

    /// <summary>The person typed this.</summary>
    [Parameter]
    public EventCallback<string> Typed { get; set; }

    /// <summary>The person asked for the default.</summary>
    [Parameter]
    public EventCallback Reset { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private IStringLocalizer<Texts> T { get; set; } = default!;

    /// <summary>Called by the browser; it waits for the end before it sends the next position.</summary>
    [JSInvokable]
    public Task SlideAsync(int position) => Moved?.Invoke(Math.Clamp(position, 0, Last)) ?? Task.CompletedTask;

    [JSInvokable]
    public Task ResetAsync() => Reset.InvokeAsync();

    public async ValueTask DisposeAsync()
    {
        await slider.StopAndReleaseAsync();
        self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            self = DotNetObjectReference.Create(this);
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./Live/ControlSlider.razor.js");
            slider = await module.InvokeAsync<IJSObjectReference>("attach", range, self);
        }
    }

    private async Task OnTypedAsync(ChangeEventArgs e)
    {
        await Typed.InvokeAsync(e.Value as string ?? "");

        // A new key makes a new field: what was typed gives way to what is in force, also when that did not change.
        typed++;
        textWhileTyping = null;
    }

    private string At(double position) => (position / Last).ToString("0.####", CultureInfo.InvariantCulture);
}
