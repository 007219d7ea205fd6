namespace PiCam.Core.Boards;

/// <summary>What can be done to the board as a whole.</summary>
public enum BoardAction
{
    Restart,
    ShutDown,
}
