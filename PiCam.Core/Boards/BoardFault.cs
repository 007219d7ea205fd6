namespace PiCam.Core.Boards;

/// <summary>Why the board was not restarted or switched off, and what people should know of its health.</summary>
public static class BoardFault
{
    public static Reason NotAllowed { get; } = new(
        "The system does not let PiCam restart the board or switch it off; the README says how to allow it.", "board.notAllowed");

    /// <summary>The supply's voltage has dropped, now or a short while ago.</summary>
    public static Reason WeakSupply { get; } = new(
        "The power supply is weak: the voltage drops below 4.63 V. Use the supply made for this board and a short cable, "
        + "or the camera may stop and the card may lose data.",
        "board.weakSupply");

    /// <summary>Without the temperature, which would make it another warning with every degree; <see cref="BoardHealth"/> has it.</summary>
    public static Reason TooHot { get; } = new(
        "The board is too hot and slows itself down. Give it air or a heat sink.", "board.tooHot");

    /// <param name="error">What the system said, in English.</param>
    public static Reason ActionFailed(string error) => new($"The system refused: {error}.", "board.actionFailed", error);
}
