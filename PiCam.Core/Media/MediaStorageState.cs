namespace PiCam.Core.Media;

/// <summary>Whether the library can take more, as it was seen last.</summary>
/// <param name="Condition">Whether it can.</param>
/// <param name="FreeBytes">On its disk; null: unknown.</param>
public sealed record MediaStorageState(MediaStorageCondition Condition, long? FreeBytes)
{
    /// <summary>What to do, for the person at the page; null: nothing.</summary>
    public Reason? Warning => Condition switch
    {
        MediaStorageCondition.Full => MediaFault.Full,
        MediaStorageCondition.ReadOnly => MediaFault.ReadOnly,
        _ => null,
    };
}
