using System.Diagnostics.Tracing;
using System.Globalization;

namespace PiCam.Benchmarks;

/// <summary>The bytes that this process has written to sockets, as the runtime counts them; a second old at most.</summary>
internal sealed class SentBytes : EventListener
{
    private long total;

    /// <summary>Since the first look.</summary>
    public long Total => Interlocked.Read(ref total);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Net.Sockets")
        {
            EnableEvents(eventSource, EventLevel.Informational, EventKeywords.None, new Dictionary<string, string?> { ["EventCounterIntervalSec"] = "1" });
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName == "EventCounters"
            && eventData.Payload is [IDictionary<string, object?> counter]
            && counter["Name"] is "bytes-sent")
        {
            Interlocked.Exchange(ref total, (long)Convert.ToDouble(counter["Mean"], CultureInfo.InvariantCulture));
        }
    }
}
