using System.CommandLine;
using PiCam.Core.Access;

namespace PiCam.Blazor.CommandLine;

/// <summary>The option <c>--role</c>.</summary>
internal static class Roles
{
    public static Option<Role> CreateOption() => new("--role")
    {
        Description = "What the person or token is trusted with.",
        HelpName = string.Join('|', Enum.GetNames<Role>()),
        Required = true,
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;

            // By name only: Enum.Parse alone would take "7" for a role.
            if (Enum.GetNames<Role>().Contains(text, StringComparer.OrdinalIgnoreCase))
            {
                return Enum.Parse<Role>(text, ignoreCase: true);
            }

            result.AddError($"--role is \"{text}\"; allowed are {string.Join(", ", Enum.GetNames<Role>())}.");
            return default;
        },
    };
}
