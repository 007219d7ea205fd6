using Microsoft.AspNetCore.Components;
using PiCam.Core.Cameras;
using PiCam.Core.Cameras.Controls;

namespace PiCam.Blazor.Live.Controls;

/// <summary>A menu for one choice of <see cref="ControlTable"/>; not there when the camera offers nothing to choose from.</summary>
public sealed partial class ChoiceSelect : CameraControlComponent
{
    private ChoiceControl choice = default!;

    /// <summary>One of <see cref="ControlNames"/>; its name on the page is the text "Control." + it.</summary>
    [Parameter, EditorRequired]
    public string Control { get; set; } = "";

    /// <summary>What the page calls an option; by default the text "Control.", its name, and it.</summary>
    [Parameter]
    public Func<string, string>? Name { get; set; }

    /// <summary>What the page calls "as PiCam thinks best"; null: that is none of the options.</summary>
    [Parameter]
    public string? Unset { get; set; }

    /// <summary>The option in force when nothing was asked for and there is no <see cref="Unset"/>.</summary>
    [Parameter]
    public string? Actual { get; set; }

    protected override void OnParametersSet() => choice = ControlTable.Choice(Control);

    private IEnumerable<(string Value, string Text)> Options(IReadOnlyList<string> offered)
    {
        if (Unset is not null)
        {
            yield return ("", Unset);
        }

        foreach (var option in offered)
        {
            yield return (option, Label(option));
        }
    }

    private string Label(string option) => Name is null ? T[$"Control.{Control}.{option}"].Value : Name(option);

    private Task ChooseAsync(string? option) => ChangeAsync(c =>
        choice.With(c, string.IsNullOrEmpty(option) ? null : option, State.Capabilities!)
        ?? throw new InvalidOperationException($"The page offered {Control} {option}, which this camera does not have."));
}
