using System.Security.Claims;

namespace PiCam.Blazor.Security;

/// <summary>Whether the reader of a stream may still have it; asks the database once a second, however often it is asked.</summary>
internal sealed class Welcome(ClaimsPrincipal reader, IPrincipalCheck principals, TimeProvider time)
{
    /// <summary>S16: a dismissed user's stream ends within 2 s, so whoever sends one asks at least this often.</summary>
    public static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private long checkedAt = time.GetTimestamp();
    private bool welcome = true;

    public async ValueTask<bool> IsStillAsync(CancellationToken cancellationToken)
    {
        if (welcome && time.GetElapsedTime(checkedAt) >= CheckInterval)
        {
            checkedAt = time.GetTimestamp();
            welcome = await principals.IsCurrentAsync(reader, cancellationToken).ConfigureAwait(false);
        }

        return welcome;
    }
}
