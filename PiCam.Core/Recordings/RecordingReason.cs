namespace PiCam.Core.Recordings;

/// <summary>Why it records. There may be several reasons at once; it records as long as there is one.</summary>
/// <param name="Id">Of its own; the same one again replaces it.</param>
/// <param name="By">Who or what wants it, to be shown to people.</param>
/// <param name="Until">When it ends by itself; null: when somebody ends it.</param>
public sealed record RecordingReason(string Id, string By, DateTimeOffset? Until)
{
    /// <summary>The id of what people ask for, by button, key or API: there is one such reason, whoever asks.</summary>
    public const string People = "people";
}
