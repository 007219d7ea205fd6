namespace PiCam.Core.Cameras;

/// <summary>A size in pixels.</summary>
public readonly record struct PixelSize(int Width, int Height)
{
    /// <summary>For example "1280×720".</summary>
    public override string ToString() => $"{Width}×{Height}";
}
