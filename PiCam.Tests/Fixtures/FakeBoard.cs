using PiCam.Core.Boards;

namespace PiCam.Tests.Fixtures;

/// <summary>A board in the health that the test gives it.</summary>
internal sealed class FakeBoard : IBoard
{
    private volatile BoardHealth health = new() { Model = "Raspberry Pi 4 Model B Rev 1.4", Cores = 4 };

    public BoardHealth Health
    {
        get => health;
        set => health = value;
    }

    public BoardHealth Read() => health;
}
