using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PiCam.Hardware.Network;

/// <summary>
/// The address of a camera, or of a server that takes a stream, taken apart strictly. Its user, password, path and query (some take the
/// password there) are for the other side alone: <see cref="object.ToString"/> leaves them out.
/// </summary>
internal sealed class StreamUrl
{
    /// <summary>What the configuration's errors say.</summary>
    public const string Allowed =
        "rtsp://, rtsps://, http:// or https:// with a host name or a plain IP address, in printable ASCII, at most 2000 characters "
        + "(user and password at most 200)";

    /// <summary>How cameras are reached, each with its usual port.</summary>
    public static readonly IReadOnlyDictionary<string, int> Cameras = new Dictionary<string, int>
    {
        ["rtsp"] = 554,
        ["rtsps"] = 322,
        ["http"] = 80,
        ["https"] = 443,
    };

    /// <summary>How what takes a stream is reached; 0: there is no usual port.</summary>
    public static readonly IReadOnlyDictionary<string, int> Receivers = new Dictionary<string, int>
    {
        ["rtsp"] = 554,
        ["rtsps"] = 322,
        ["rtmp"] = 1935,
        ["srt"] = 0,
        ["udp"] = 0,
    };

    // Shorter ones are no secrets, and would make holes in every sentence.
    private const int LeastPart = 4;

    private readonly int usualPort;
    private readonly string userInfo;
    private readonly string pathAndQuery;

    private StreamUrl(string scheme, string userInfo, string host, int port, int usualPort, string pathAndQuery)
    {
        this.usualPort = usualPort;
        Scheme = scheme;
        this.userInfo = userInfo;
        Host = host;
        Port = port;
        this.pathAndQuery = pathAndQuery;
    }

    /// <summary>In small letters.</summary>
    public string Scheme { get; }

    /// <summary>A name or an IP address, IPv6 without its brackets.</summary>
    public string Host { get; }

    /// <summary>1 to 65 535.</summary>
    public int Port { get; }

    /// <summary>Path and query, from the slash on.</summary>
    public string PathAndQuery => pathAndQuery;

    /// <summary>Whether it goes by HTTP.</summary>
    public bool IsHttp => Scheme is "http" or "https";

    /// <summary>Host and port as the Host header has them.</summary>
    public string HostAndPort => Port == usualPort ? BracketedHost : string.Create(CultureInfo.InvariantCulture, $"{BracketedHost}:{Port}");

    /// <summary>What nobody but the camera may see, the longest first; a path of a few letters is no secret.</summary>
    public IReadOnlyList<string> Secrets =>
    [
        .. new[]
        {
            userInfo,
            Uri.UnescapeDataString(userInfo),
            userInfo[(userInfo.IndexOf(':', StringComparison.Ordinal) + 1)..],
            Uri.UnescapeDataString(userInfo[(userInfo.IndexOf(':', StringComparison.Ordinal) + 1)..]),
            pathAndQuery.Length > 4 ? pathAndQuery[1..] : "",
        }
        .Concat(Parts.SelectMany(part => new[] { part, Uri.UnescapeDataString(part) }))
        .Where(secret => secret.Length > 0).Distinct().OrderByDescending(secret => secret.Length),
    ];

    // A stream's key is the last part of a path, a token the value of a query.
    private IEnumerable<string> Parts => pathAndQuery.Split('?', 2) is [var path, .. var query]
        ? path.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Concat(query.SelectMany(all => all.Split('&')).Select(option => option[(option.IndexOf('=', StringComparison.Ordinal) + 1)..]))
            .Where(part => part.Length >= LeastPart)
        : [];

    private string BracketedHost => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    /// <summary>Whether it looks like an address at all, good or bad, and not like a file's name.</summary>
    public static bool IsMeant(string path) =>
        path.IndexOf("://", StringComparison.Ordinal) is > 0 and var end && !path.AsSpan(0, end).Contains('/');

    /// <summary>Takes a camera's address apart; null when it is not <see cref="Allowed"/>.</summary>
    public static StreamUrl? Parse(string text) => Parse(text, Cameras);

    /// <summary>The same for other schemes.</summary>
    /// <param name="text">The address.</param>
    /// <param name="usualPorts">What is allowed, such as <see cref="Receivers"/>.</param>
    public static StreamUrl? Parse(string text, IReadOnlyDictionary<string, int> usualPorts)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(usualPorts);
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon < 0 || text.Length > 2000 || !text.All(c => c is > ' ' and < '\x7F' and not ('\\' or '"' or '<' or '>' or '#'))
            || !usualPorts.TryGetValue(text[..colon].ToLowerInvariant(), out var usual))
        {
            return null;
        }

        var port = usual;
        var rest = text[(colon + 3)..];
        var end = rest.IndexOfAny(['/', '?']);
        var (authority, path) = end < 0 ? (rest, "/") : (rest[..end], rest[end] == '/' ? rest[end..] : "/" + rest[end..]);
        var at = authority.LastIndexOf('@');
        var (user, hostAndPort) = at < 0 ? ("", authority) : (authority[..at], authority[(at + 1)..]);
        var portAt = hostAndPort.IndexOf(':', hostAndPort.LastIndexOf(']') + 1);
        var host = portAt < 0 ? hostAndPort : hostAndPort[..portAt];
        if (portAt >= 0)
        {
            if (!ushort.TryParse(hostAndPort[(portAt + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var given) || given == 0)
            {
                return null;
            }

            port = given;
        }

        if (port == 0)
        {
            return null;
        }

        var isIpv6 = host.StartsWith('[') && host.EndsWith(']');
        host = isIpv6 ? host[1..^1] : host;
        var isHost = isIpv6
            ? HostText.AsAddress(host) is { AddressFamily: AddressFamily.InterNetworkV6 }
            : HostText.AsAddress(host) is { AddressFamily: AddressFamily.InterNetwork } || HostText.IsName(host);

        // ffmpeg's own lines are kept to 400 characters: a longer secret could be cut, and then slip through unrecognised.
        return isHost && user.Length <= 200 && !user.Contains('@', StringComparison.Ordinal)
            ? new StreamUrl(text[..colon].ToLowerInvariant(), user, host, port, usual, path)
            : null;
    }

    /// <summary>The whole address for ffmpeg, which is not to look the name up again.</summary>
    public string For(string scheme, IPEndPoint place) =>
        $"{scheme}://{(userInfo.Length > 0 ? userInfo + "@" : "")}{place}{pathAndQuery}";

    public override string ToString() => $"{Scheme}://{HostAndPort}";
}
