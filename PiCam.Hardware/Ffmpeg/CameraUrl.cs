using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PiCam.Hardware.Network;

namespace PiCam.Hardware.Ffmpeg;

/// <summary>
/// A network camera's address, taken apart strictly. Its user, password, path and query (some cameras take the password there)
/// are for the camera alone: <see cref="object.ToString"/> leaves them out.
/// </summary>
internal sealed class CameraUrl
{
    /// <summary>What the configuration's errors say.</summary>
    public const string Allowed =
        "rtsp://, rtsps://, http:// or https:// with a host name or a plain IP address, in printable ASCII, at most 2000 characters "
        + "(user and password at most 200)";

    private static readonly Dictionary<string, int> DefaultPorts = new()
    {
        ["rtsp"] = 554,
        ["rtsps"] = 322,
        ["http"] = 80,
        ["https"] = 443,
    };

    private readonly string userInfo;
    private readonly string pathAndQuery;

    private CameraUrl(string scheme, string userInfo, string host, int port, string pathAndQuery)
    {
        Scheme = scheme;
        this.userInfo = userInfo;
        Host = host;
        Port = port;
        this.pathAndQuery = pathAndQuery;
    }

    /// <summary>rtsp, rtsps, http or https.</summary>
    public string Scheme { get; }

    /// <summary>A name or an IP address, IPv6 without its brackets.</summary>
    public string Host { get; }

    /// <summary>1 to 65 535.</summary>
    public int Port { get; }

    /// <summary>Whether it goes by HTTP.</summary>
    public bool IsHttp => Scheme is "http" or "https";

    /// <summary>Host and port as the Host header has them.</summary>
    public string HostAndPort => Port == DefaultPorts[Scheme] ? BracketedHost : string.Create(CultureInfo.InvariantCulture, $"{BracketedHost}:{Port}");

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
        }.Where(secret => secret.Length > 0).Distinct().OrderByDescending(secret => secret.Length),
    ];

    private string BracketedHost => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    /// <summary>Whether it looks like an address at all, good or bad, and not like a file's name.</summary>
    public static bool IsMeant(string path) =>
        path.IndexOf("://", StringComparison.Ordinal) is > 0 and var end && !path.AsSpan(0, end).Contains('/');

    /// <summary>Takes an address apart; null when it is not <see cref="Allowed"/>.</summary>
    public static CameraUrl? Parse(string text)
    {
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon < 0 || text.Length > 2000 || !text.All(c => c is > ' ' and < '\x7F' and not ('\\' or '"' or '<' or '>' or '#'))
            || !DefaultPorts.TryGetValue(text[..colon].ToLowerInvariant(), out var port))
        {
            return null;
        }

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

        var isIpv6 = host.StartsWith('[') && host.EndsWith(']');
        host = isIpv6 ? host[1..^1] : host;
        var isHost = isIpv6
            ? HostText.AsAddress(host) is { AddressFamily: AddressFamily.InterNetworkV6 }
            : HostText.AsAddress(host) is { AddressFamily: AddressFamily.InterNetwork } || HostText.IsName(host);

        // ffmpeg's own lines are kept to 400 characters: a longer secret could be cut, and then slip through unrecognised.
        return isHost && user.Length <= 200 && !user.Contains('@', StringComparison.Ordinal)
            ? new CameraUrl(text[..colon].ToLowerInvariant(), user, host, port, path)
            : null;
    }

    /// <summary>The whole address for ffmpeg, which is not to look the name up again.</summary>
    public string For(string scheme, IPEndPoint place) =>
        $"{scheme}://{(userInfo.Length > 0 ? userInfo + "@" : "")}{place}{pathAndQuery}";

    public override string ToString() => $"{Scheme}://{HostAndPort}";
}
