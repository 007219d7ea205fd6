namespace PiCam.Blazor.Resources;

/// <summary>Marks the panel's texts: Texts.resx (English) and Texts.zh-Hans.resx.</summary>
public sealed class Texts;
