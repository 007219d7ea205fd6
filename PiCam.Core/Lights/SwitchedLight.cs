using PiCam.Core.Lines;

namespace PiCam.Core.Lights;

/// <summary>A pin that is kept as it should be: a failure is kept, and tried again later and later.</summary>
internal sealed class SwitchedLight(ILine line, TimeProvider time)
{
    private Backoff backoff = new(Random.Shared);
    private TimeSpan? retryAt;
    private bool? told;

    /// <summary>What people want.</summary>
    public LightMode Mode { get; set; } = LightMode.Auto;

    public bool IsLit => told == true;

    /// <summary>Why the pin does not do what it is told; null: it does.</summary>
    public Reason? Fault { get; private set; }

    /// <summary>Switches the pin if it is not so yet.</summary>
    /// <returns>Whether something changed that people see.</returns>
    public bool Drive(bool lit)
    {
        var now = time.GetElapsedTime(0);
        if (told == lit || now < retryAt)
        {
            return false;
        }

        try
        {
            line.Switch(lit);
            (told, Fault, retryAt, backoff) = (lit, null, null, new Backoff(Random.Shared));
            return true;
        }
        catch (LineException failed)
        {
            var news = Fault != failed.Reason;
            (told, Fault, retryAt) = (null, failed.Reason, now + backoff.Next());
            return news;
        }
    }
}
