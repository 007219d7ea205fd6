namespace PiCam.Core.Stills.Templates;

/// <summary>What a <see cref="NameTemplate"/> is filled with.</summary>
/// <param name="Name">What the camera, or the sequence, is called.</param>
/// <param name="Kind">The kind of the picture in one word, such as "still".</param>
/// <param name="Time">When it was taken, in the zone to be shown.</param>
/// <param name="Counter">Its number in the sequence; 0 or more.</param>
public sealed record NameValues(string Name, string Kind, DateTimeOffset Time, long Counter);
