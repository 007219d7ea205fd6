using PiCam.Core.Privacy;

namespace PiCam.Blazor.Api;

/// <summary>The privacy switch.</summary>
/// <param name="On">The camera is off, for everybody.</param>
/// <param name="ChangedBy">Who switched last; null before the first time.</param>
/// <param name="ChangedAt">When; null before the first time.</param>
internal sealed record PrivacyDocument(bool On, string? ChangedBy, DateTimeOffset? ChangedAt)
{
    public static PrivacyDocument From(PrivacySwitch privacy)
    {
        var state = privacy.State;
        return new PrivacyDocument(state.IsOn, state.ChangedBy, state.ChangedAt);
    }
}
