using System.Collections.Concurrent;
using System.Security.Cryptography;
using PiCam.Core.Access;

namespace PiCam.Blazor.Live.Transports;

/// <summary>Brings a page and the multipart stream that its browser asked for together.</summary>
internal sealed class PageStreams
{
    private readonly ConcurrentDictionary<string, PageStream> streams = new();

    /// <summary>A page is about to ask for its stream.</summary>
    /// <returns>Dispose when it no longer will.</returns>
    public PageStream Expect(Caller caller, ViewerStatistics statistics)
    {
        var stream = new PageStream(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), caller.UserId, statistics, gone => streams.TryRemove(gone.Key, out _));
        streams[stream.Key] = stream;
        return stream;
    }

    /// <summary>The page's stream of this key; null when there is none of this person's.</summary>
    public PageStream? Find(string? key, Caller caller) =>
        key is not null && streams.TryGetValue(key, out var stream) && stream.UserId == caller.UserId ? stream : null;
}
