using MudBlazor;

namespace PiCam.Blazor.Layout;

/// <summary>MudBlazor's palette in the panel's colours; the same values as the variables in wwwroot/css/picam.css.</summary>
public static class PiCamTheme
{
    public static MudTheme Theme { get; } = new()
    {
        PaletteDark = new PaletteDark
        {
            Primary = "#ffb300",
            PrimaryContrastText = "#0b0d10",
            Background = "#0b0d10",
            Surface = "#14181d",
            AppbarBackground = "#14181d",
            AppbarText = "#e8eaed",
            TextPrimary = "#e8eaed",
            TextSecondary = "#9aa4b0",
            ActionDefault = "#c3cad2",
            Error = "#ff5449",
            ErrorContrastText = "#0b0d10",
            Success = "#4cc26b",
            SuccessContrastText = "#0b0d10",
            Info = "#7cb8ff",
            InfoContrastText = "#0b0d10",
            Warning = "#ffb300",
            WarningContrastText = "#0b0d10",
            LinesDefault = "#2a3139",
        },
        PaletteLight = new PaletteLight
        {
            Primary = "#8a5a00",
            PrimaryContrastText = "#ffffff",
            Background = "#eef1f4",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1b2026",
            TextPrimary = "#1b2026",
            TextSecondary = "#55606c",
            ActionDefault = "#3d4752",
            Error = "#b3261e",
            Success = "#1a7f37",
            Info = "#0b5cad",
            Warning = "#8a5a00",
            LinesDefault = "#d5dbe1",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography
            {
                FontFamily = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "sans-serif"],
            },
            Button = new ButtonTypography { TextTransform = "none" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
    };
}
