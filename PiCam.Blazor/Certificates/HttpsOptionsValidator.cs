using Microsoft.Extensions.Options;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.Certificates;

/// <summary>Says what is wrong with the section <c>Https</c>, the owner's files included.</summary>
internal sealed class HttpsOptionsValidator(IOptions<NetworkOptions> network, TimeProvider time) : IValidateOptions<HttpsOptions>
{
    private static readonly string[] Modes = [HttpsOptions.Local, HttpsOptions.Own, HttpsOptions.Off];

    public ValidateOptionsResult Validate(string? name, HttpsOptions options)
    {
        var errors = Check(options).ToList();
        return errors.Count > 0 ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }

    private IEnumerable<string> Check(HttpsOptions options)
    {
        if (!Array.Exists(Modes, options.Is))
        {
            yield return $"{HttpsOptions.Section}:{nameof(HttpsOptions.Mode)} is '{options.Mode}'; allowed are {string.Join(", ", Modes)}.";
            yield break;
        }

        if (!options.Is(HttpsOptions.Own))
        {
            if (options.Hsts)
            {
                yield return $"{HttpsOptions.Section}:{nameof(HttpsOptions.Hsts)} needs {HttpsOptions.Section}:{nameof(HttpsOptions.Mode)}={HttpsOptions.Own}.";
            }

            yield break;
        }

        string? fault = null;
        try
        {
            // Not by injection: names that cannot be used are said once, by their own validator, and not whenever this one is made.
            var names = new HostNames(Environment.MachineName, network.Value.AllowedHosts);
            OwnCertificate.Load(options, names, time.GetUtcNow());
        }
        catch (InvalidDataException unusable)
        {
            fault = unusable.Message;
        }

        if (fault is not null)
        {
            yield return fault;
        }
    }
}
