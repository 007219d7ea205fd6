using PiCam.Core.Access;

namespace PiCam.Tests.Fixtures;

/// <summary>A panel that somebody owns, or that the test lets somebody own.</summary>
internal sealed class FakeSetup : ISetupState
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeSetup(bool done = true)
    {
        if (done)
        {
            Finish();
        }
    }

    public bool Done => done.Task.IsCompleted;

    public Task WhenDoneAsync(CancellationToken cancellationToken) => done.Task.WaitAsync(cancellationToken);

    public void Finish() => done.TrySetResult();
}
