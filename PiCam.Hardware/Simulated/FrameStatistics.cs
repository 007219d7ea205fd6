namespace PiCam.Hardware.Simulated;

/// <summary>What automatic exposure and white balance learn from one frame, as a sensor's statistics engine would say it.</summary>
/// <param name="Brightness">Mean of the linear luminance, clipped at white, weighted as the metering mode says; 0 to 1.</param>
/// <param name="Highlights">Mean of the brightest two per cent of the linear luminance, clipped at white; 0 to 1.</param>
/// <param name="Radiance">Mean of the scene's light in the picture, whatever the exposure; 1 is white paper.</param>
/// <param name="Red">Sum of raw red over the picture points that may be grey.</param>
/// <param name="Green">Sum of raw green over the same points.</param>
/// <param name="Blue">Sum of raw blue over the same points.</param>
internal readonly record struct FrameStatistics(
    double Brightness, double Highlights, double Radiance, double Red, double Green, double Blue);
