using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace PiCam.Blazor.StartUp;

/// <summary>Says why PiCam could not start in words for the person at the console.</summary>
internal static class StartUpFailure
{
    /// <summary>One sentence per reason; null for a failure that is not the owner's to mend, which deserves its stack trace.</summary>
    public static IReadOnlyList<string>? Explain(Exception exception) => exception switch
    {
        StartUpException => [exception.Message],
        OptionsValidationException validation => [.. validation.Failures],
        AggregateException aggregate when aggregate.InnerExceptions.All(inner => Explain(inner) is not null) =>
            [.. aggregate.InnerExceptions.SelectMany(inner => Explain(inner)!)],

        // Kestrel: "Failed to bind to address http://0.0.0.0:8080: address already in use."
        _ when IsAddressInUse(exception) =>
            [$"{exception.Message.TrimEnd('.')}. Stop the other program, or choose another port with --urls {OtherUrls(exception.Message)}"],
        SocketException socket => [$"The panel cannot listen on the address of --urls: {socket.Message}."],

        // The configuration binder: "Failed to convert configuration value 'x' at 'Gimbal:Pan:HomeAngle' to type …".
        InvalidOperationException { InnerException: FormatException or ArgumentException } when
            exception.Message.Contains("configuration value", StringComparison.Ordinal) => [exception.Message],
        InvalidDataException or ArgumentOutOfRangeException { ParamName: "port" } => [FirstLine(exception)],
        InvalidOperationException when exception.Message.Contains("HTTPS", StringComparison.OrdinalIgnoreCase) =>
            [$"{FirstLine(exception)} With Https:Mode=local PiCam has a certificate; without, leave https addresses out of --urls."],
        FormatException when exception.Message.Contains("url", StringComparison.OrdinalIgnoreCase) => [exception.Message],
        _ => null,
    };

    /// <summary>Whether somebody else listens where the panel wants to.</summary>
    public static bool IsAddressInUse(Exception exception) => exception is IOException { InnerException: AddressInUseException }
        or StartUpException { InnerException: SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } };

    private static string OtherUrls(string message) => message.Contains("https://", StringComparison.Ordinal)
        ? "\"http://0.0.0.0:8080;https://0.0.0.0:8444\""
        : "\"http://0.0.0.0:8081;https://0.0.0.0:8443\"";

    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0].TrimEnd();
}
