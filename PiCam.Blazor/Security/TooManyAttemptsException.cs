using System.Globalization;
using PiCam.Core;

namespace PiCam.Blazor.Security;

/// <summary>Too many wrong passwords or codes; see <see cref="GuessLimit"/>.</summary>
public sealed class TooManyAttemptsException(TimeSpan wait) : ReasonException(PeopleFault.TooManyAttempts(Say(wait)))
{
    /// <summary>How long to wait.</summary>
    public TimeSpan Wait { get; } = wait;

    private static string Say(TimeSpan wait) => wait > TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalMinutes)} min")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalSeconds)} s");
}
