using Microsoft.AspNetCore.Server.Kestrel.Core;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.StartUp;

/// <summary>What the web server takes from anybody, before it knows who it is. Sized for a board with 512 MB.</summary>
internal static class ServerLimits
{
    /// <summary>Bytes of a request's body; what takes files says so itself.</summary>
    public const long LargestBody = 1024 * 1024;

    public static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = LargestBody;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 64;

        // Ten of each for ten people; the rest are connections that do nothing, which cost some kilobytes each. See also ConnectionLimit.
        limits.MaxConcurrentConnections = 1000;
        limits.MaxConcurrentUpgradedConnections = 100;
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(endpoint.ApplicationServices.GetRequiredService<ConnectionLimit>().Wrap));

        // Who opens a connection and then says nothing, or a byte at a time, is let go of.
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        limits.Http2.MaxStreamsPerConnection = 64;
    }
}
