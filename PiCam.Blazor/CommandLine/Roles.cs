using System.CommandLine;
using PiCam.Core.Access;

namespace PiCam.Blazor.CommandLine;

/// <summary>The option <c>--role</c>.</summary>
internal static class Roles
{
    /// <summary>For people.</summary>
    public static readonly IReadOnlyList<Role> OfPeople = [Role.Viewer, Role.Operator, Role.Administrator];

    /// <summary>For tokens: a guest sees the live picture only.</summary>
    public static readonly IReadOnlyList<Role> OfTokens = [Role.Guest, .. OfPeople];

    /// <param name="roles">Those that can be given.</param>
    public static Option<Role> CreateOption(params IReadOnlyList<Role> roles) => new("--role")
    {
        Description = "What the person or token is trusted with.",
        HelpName = string.Join('|', roles),
        Required = true,
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;

            // By name only: Enum.Parse alone would take "7" for a role.
            if (roles.Where(role => role.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)).ToList() is [var named])
            {
                return named;
            }

            result.AddError($"--role is \"{text}\"; allowed are {string.Join(", ", roles)}.");
            return default;
        },
    };
}
