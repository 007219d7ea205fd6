using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using PiCam.Blazor.Live.Controls;
using PiCam.Blazor.Live.Picture;
using PiCam.Core.Cameras;
using PiCam.Tests.Fixtures;
using Xunit;

namespace PiCam.Tests.Blazor.Live;

/// <summary>The groups of controls: what a camera has is there and acts; what it lacks is not there.</summary>
public sealed class ControlGroupsTests : IAsyncDisposable
{
    private readonly PanelContext context = new();

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public async Task Groups_CameraWithoutControls_AreNotThere()
    {
        context.Camera.Capabilities = FakeCamera.NoControls;
        await context.GoLiveAsync();

        Assert.Empty(context.Render<ImageGroup>(p => p.Add(c => c.Caller, Callers.Operator)).Markup.Trim());
        Assert.Empty(context.Render<ZoomGroup>(p => p.Add(c => c.Caller, Callers.Operator)).Markup.Trim());
        var stream = context.Render<StreamGroup>(p => p.Add(c => c.Caller, Callers.Operator));
        Assert.Empty(stream.FindAll("input[type=range]"));
        Assert.Equal(["Rotation"], stream.FindAll("select").Select(s => s.GetAttribute("aria-label")));
    }

    [Theory]
    [InlineData("Brightness, value", "+25 %", "brightness")]
    [InlineData("Contrast, value", "120", "contrast")]
    [InlineData("Saturation, value", "0 %", "saturation")]
    [InlineData("Sharpness, value", "250%", "sharpness")]
    public async Task TypedNumber_InThePagesOwnUnit_IsAsked(string field, string typed, string control)
    {
        await context.GoLiveAsync();
        var page = context.Render<ImageGroup>(p => p.Add(c => c.Caller, Callers.Operator));

        await page.ChangeAsync($"[aria-label='{field}']", typed);

        var asked = context.Session.State.Asked;
        Assert.Equal(
            control switch
            {
                "brightness" => new CameraControls { Brightness = 0.25 },
                "contrast" => new CameraControls { Contrast = 1.2 },
                "saturation" => new CameraControls { Saturation = 0 },
                _ => new CameraControls { Sharpness = 2.5 },
            },
            asked);
    }

    [Theory]
    [InlineData("loud")]
    [InlineData("250 %")]
    public async Task TypedNumber_ThatCannotBe_IsRefusedWithTheRange(string typed)
    {
        await context.GoLiveAsync();
        var page = context.Render<ImageGroup>(p => p.Add(c => c.Caller, Callers.Operator));

        await page.ChangeAsync("[aria-label='Brightness, value']", typed);

        Assert.Equal(CameraControls.Automatic, context.Session.State.Asked);
        var said = Assert.Single(context.Services.GetRequiredService<ISnackbar>().ShownSnackbars);
        Assert.Contains("Brightness", said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Menus_EveryChoice_IsAskedAndNamed()
    {
        await context.GoLiveAsync();
        var page = context.Render<StreamGroup>(p => p.Add(c => c.Caller, Callers.Operator));

        await page.ChangeAsync("[aria-label='Picture size']", "640×360");
        await page.ChangeAsync("[aria-label='Rotation']", "Rotate90");
        await page.ClickAsync("[aria-label='Mirror left to right']");
        Assert.Equal(
            new CameraControls { Size = new(640, 360), Rotation = Rotation.Rotate90, HorizontalFlip = true }, context.Session.State.Asked);
        Assert.Equal(["0°", "90°", "180°", "270°"], page.FindAll("[aria-label='Rotation'] option").Select(o => o.TextContent));

        var image = context.Render<ImageGroup>(p => p.Add(c => c.Caller, Callers.Operator));
        Assert.Equal(["Fast", "Off", "High quality"], image.FindAll("[aria-label='Noise reduction'] option").Select(o => o.TextContent));
    }

    [Fact]
    public async Task Zoom_FromThePicture_IsTheSensorsCropAndStaysWithinIt()
    {
        await context.GoLiveAsync();
        var view = context.Render<PictureView>(p => p.Add(c => c.Caller, Callers.Operator).AddChildContent("<i></i>"));

        await view.InvokeAsync(() => view.Instance.ZoomAsync(0.25, 0.25, 0.5));
        Assert.Equal(new PixelRectangle(648, 243 + 364, 1296, 729), context.Session.State.Asked.ScalerCrop);
        Assert.Equal("2.0×", view.Find("button.zoomed").TextContent);

        await view.InvokeAsync(() => view.Instance.ZoomAsync(double.NaN, -7, 0.0001));
        Assert.True(FakeCamera.EveryControl.ScalerCropMaximum!.Value.Contains(context.Session.State.Asked.ScalerCrop!.Value));

        await view.ClickAsync("button.zoomed");
        Assert.Null(context.Session.State.Asked.ScalerCrop);
    }

    [Fact]
    public async Task Zoom_ByAViewer_IsRefused()
    {
        await context.GoLiveAsync();
        var view = context.Render<PictureView>(p => p.Add(c => c.Caller, Callers.Viewer).AddChildContent("<i></i>"));
        Assert.Empty(view.FindAll(".zoomable"));

        await view.InvokeAsync(() => view.Instance.ZoomAsync(0.25, 0.25, 0.5));

        Assert.Null(context.Session.State.Asked.ScalerCrop);
    }

    [Fact]
    public async Task ColourTemperature_Typed_ReleasesTheGains()
    {
        await context.GoLiveAsync();
        await context.Session.UpdateAsync(Callers.Operator, c => c with { ColourGains = new(1.5, 2) });
        var page = context.Render<PiCam.Blazor.Live.ColourGroup>(p => p.Add(c => c.Caller, Callers.Operator));

        await page.ChangeAsync("[aria-label='Temperature, value']", "3200 K");

        Assert.Equal(new CameraControls { ColourTemperature = 3200 }, context.Session.State.Asked);
        Assert.Equal("Manual", page.Find("[aria-label='White balance']").GetAttribute("value"));
    }
}
