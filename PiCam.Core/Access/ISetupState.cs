namespace PiCam.Core.Access;

/// <summary>Whether somebody owns this panel yet. Until then the camera and the servos stay off.</summary>
public interface ISetupState
{
    /// <summary>True once an Administrator exists, however they were made; never goes back.</summary>
    bool Done { get; }

    /// <summary>Completes when <see cref="Done"/> becomes true; at once if it is.</summary>
    Task WhenDoneAsync(CancellationToken cancellationToken);
}
