namespace PiCam.Core.Cameras;

/// <summary>One opening of the camera, from its start to its end. What it holds is guarded by its session's lock.</summary>
internal sealed class CameraRun(ICameraStream stream, long applied) : IDisposable
{
    private readonly CancellationTokenSource over = new();

    public ICameraStream Stream { get; } = stream;

    /// <summary>Cancelled when it ends; <see cref="Why"/> is set by then.</summary>
    public CancellationToken Over => over.Token;

    /// <summary>Why it has ended.</summary>
    public Reason? Why { get; set; }

    /// <summary>The version of the controls that the camera was handed last.</summary>
    public long Applied { get; set; } = applied;

    /// <summary>The picture that is being taken.</summary>
    public Task Capturing { get; set; } = Task.CompletedTask;

    public Task EndAsync() => over.CancelAsync();

    public void Dispose() => over.Dispose();
}
