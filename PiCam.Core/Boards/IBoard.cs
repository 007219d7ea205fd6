namespace PiCam.Core.Boards;

/// <summary>The computer that PiCam runs on.</summary>
public interface IBoard
{
    /// <summary>Reads all there is; quick, and never throws for what the board lacks.</summary>
    BoardHealth Read();
}
