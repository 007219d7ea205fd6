namespace PiCam.Blazor.Live.Transports;

/// <summary>One way for the live picture to reach a page that somebody looks at.</summary>
internal interface ILiveTransport
{
    /// <summary>Shows the live picture until told to leave; holds a lease on frames only that long.</summary>
    /// <param name="leaving">
    /// Cancelled when nobody looks any more, the connection is cut, or another transport takes over. Ends the call without an
    /// exception.
    /// </param>
    Task WatchAsync(CancellationToken leaving);
}
