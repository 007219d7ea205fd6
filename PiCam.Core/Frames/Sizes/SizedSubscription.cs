namespace PiCam.Core.Frames.Sizes;

/// <summary>One viewer's place in the stream, in the size that its link can carry. Used by one reader at a time.</summary>
public sealed class SizedSubscription : IDisposable
{
    private readonly FrameSizes sizes;
    private readonly SizeChoice choice;
    private FrameSubscription subscription;
    private FrameSize size;
    private long skippedBefore;

    internal SizedSubscription(FrameSizes sizes, FrameSize? first)
    {
        this.sizes = sizes;
        choice = new(first);
        size = choice.Next;
        subscription = sizes[size].Subscribe();
    }

    /// <summary>The size that this viewer's link carries, as far as is known.</summary>
    public FrameSize Size => choice.Size;

    /// <summary>How long pictures take at present until they are acknowledged, on average; the way there and back included.</summary>
    public TimeSpan Took => choice.Took;

    /// <summary>Frames of the camera that this viewer did not get.</summary>
    public long Skipped => skippedBefore + subscription.Skipped;

    /// <summary>The newest frame that this viewer has not had; waits for one if there is none.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<Frame> NextAsync(CancellationToken cancellationToken)
    {
        if (choice.Next != size)
        {
            Move(choice.Next);
        }

        return await subscription.NextAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Notes how long the last frame took from here to the browser's acknowledgement.</summary>
    public void Acknowledged(TimeSpan took) => choice.Acknowledged(took);

    public void Dispose() => subscription.Dispose();

    // The new place is taken before the old one is left: the camera must not think that nobody looks.
    private void Move(FrameSize next)
    {
        using var old = subscription;
        subscription = sizes[next].Follow(old);
        skippedBefore += old.Skipped;
        size = next;
    }
}
