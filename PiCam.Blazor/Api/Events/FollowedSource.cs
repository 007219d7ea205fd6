using System.Text.Json;

namespace PiCam.Blazor.Api.Events;

/// <summary>One source as one reader follows it: of many changes only the newest state is told, and none twice.</summary>
internal sealed class FollowedSource : IDisposable
{
    private readonly EventSource source;
    private readonly JsonSerializerOptions json;
    private byte[] told = [];

    // 1 at first: whoever comes is told how things stand.
    private int changed = 1;

    public FollowedSource(EventSource source, JsonSerializerOptions json)
    {
        this.source = source;
        this.json = json;
        source.Subscribe(Note);
    }

    public string Name => source.Name;

    /// <summary>How it stands, as a line of JSON; null: as it was told last.</summary>
    public byte[]? News()
    {
        // Taken back before it is looked at: what changes meanwhile is told next time.
        if (Interlocked.Exchange(ref changed, 0) == 0)
        {
            return null;
        }

        var news = JsonSerializer.SerializeToUtf8Bytes(source.Snapshot(), json);
        if (news.AsSpan().SequenceEqual(told))
        {
            return null;
        }

        return told = news;
    }

    public void Dispose() => source.Unsubscribe(Note);

    private void Note() => Interlocked.Exchange(ref changed, 1);
}
