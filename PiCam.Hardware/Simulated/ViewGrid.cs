using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;
using PiCam.Core.Optics;

namespace PiCam.Hardware.Simulated;

/// <summary>
/// The exact direction of each corner of the picture's cells. Inside a cell texture places are interpolated: over 16 pixels
/// that is wrong by less than a fifth of a pixel up to 75° of elevation.
/// </summary>
internal sealed class ViewGrid
{
    /// <summary>Pixels along a cell's edge.</summary>
    public const int CellPixels = 16;

    private readonly CameraCapabilities capabilities;
    private readonly RectilinearView view;
    private (PixelRectangle Crop, PanTilt Aim, (bool Across, bool Down) Mirrored)? aimed;

    public ViewGrid(CameraCapabilities capabilities)
    {
        this.capabilities = capabilities;
        view = new RectilinearView(capabilities.HorizontalFieldOfView!.Value, capabilities.VerticalFieldOfView!.Value);
        Columns = ((capabilities.Size.Width + CellPixels - 1) / CellPixels) + 1;
        Rows = ((capabilities.Size.Height + CellPixels - 1) / CellPixels) + 1;
        Directions = new PanTilt[Columns * Rows];
    }

    /// <summary>Corners across; one more than cells.</summary>
    public int Columns { get; }

    /// <summary>Corners from top to bottom.</summary>
    public int Rows { get; }

    /// <summary>Degrees, row by row. Corner (c, r) belongs to the pixel centre (16 c, 16 r).</summary>
    public PanTilt[] Directions { get; }

    /// <summary>Looks at a part of the sensor from an aim.</summary>
    /// <param name="crop">In sensor pixels, whatever is mirrored.</param>
    /// <param name="aim">Degrees; where the camera points.</param>
    /// <param name="mirrored">Whether the picture is mirrored left to right, and top to bottom.</param>
    public void Aim(PixelRectangle crop, PanTilt aim, (bool Across, bool Down) mirrored)
    {
        if (aimed == (crop, aim, mirrored))
        {
            return;
        }

        aimed = (crop, aim, mirrored);
        var whole = capabilities.ScalerCropMaximum!.Value;
        for (var row = 0; row < Rows; row++)
        {
            var v = (crop.Y - whole.Y + (Place(row, capabilities.Size.Height, mirrored.Down) * crop.Height)) / whole.Height;
            for (var column = 0; column < Columns; column++)
            {
                var u = (crop.X - whole.X + (Place(column, capabilities.Size.Width, mirrored.Across) * crop.Width)) / whole.Width;
                Directions[(row * Columns) + column] = view.Direction(new PicturePoint(u, v), aim);
            }
        }
    }

    private static double Place(int corner, int pixels, bool mirrored)
    {
        var place = ((corner * CellPixels) + 0.5) / pixels;
        return mirrored ? 1 - place : place;
    }
}
