using System.CommandLine;
using System.Globalization;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.CommandLine;

/// <summary><c>token add</c>, <c>token list</c>, <c>token revoke</c>.</summary>
internal static class TokenCommands
{
    public static Command Create() => new("token", "Bearer tokens, by which programs sign in.") { CreateAdd(), CreateList(), CreateRevoke() };

    private static Command CreateAdd()
    {
        var name = new Argument<string>("name") { Description = "What to call the token." };
        var role = Roles.CreateOption(Roles.OfTokens);
        var days = new Option<int?>("--days") { Description = "For how long it is good; without: until it is revoked." };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 3650)
            {
                result.AddError("--days is 1 to 3650.");
            }
        });
        var command = new Command("add", "Makes a token and prints it, alone on the last line; it cannot be shown again.") { name, role, days };
        command.SetAction((arguments, cancellationToken) => CommandServices.RunAsync(
            async services =>
            {
                var token = await services.GetRequiredService<Tokens>().AddAsync(
                    CommandServices.Caller, arguments.GetRequiredValue(name), arguments.GetValue(role), cancellationToken, Expires(arguments.GetValue(days))).ConfigureAwait(false);
                Console.WriteLine(token);
            },
            cancellationToken));
        return command;
    }

    private static Command CreateList()
    {
        var command = new Command("list", "Lists all tokens: name, role, day of making, last use, end, owner.");
        command.SetAction((_, cancellationToken) => CommandServices.RunAsync(
            async services =>
            {
                foreach (var token in await services.GetRequiredService<Tokens>()
                    .ListAsync(CommandServices.Caller, cancellationToken).ConfigureAwait(false))
                {
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"{token.Name}\t{token.Role}\t{token.CreatedAt:yyyy-MM-dd}\t{Day(token.LastUsedAt)}\t{Day(token.ExpiresAt)}\t{token.Owner?.UserName}").TrimEnd());
                }
            },
            cancellationToken));
        return command;
    }

    private static Command CreateRevoke()
    {
        var name = new Argument<string>("name") { Description = "The token's name." };
        var command = new Command("revoke", "Makes a token worthless at once.") { name };
        command.SetAction((arguments, cancellationToken) => CommandServices.RunAsync(
            async services =>
            {
                await services.GetRequiredService<Tokens>()
                    .RevokeAsync(CommandServices.Caller, arguments.GetRequiredValue(name), cancellationToken).ConfigureAwait(false);
                Console.WriteLine($"{arguments.GetRequiredValue(name)} is revoked.");
            },
            cancellationToken));
        return command;
    }

    private static DateTimeOffset? Expires(int? days) => days is { } number ? TimeProvider.System.GetUtcNow().AddDays(number) : null;

    private static string Day(DateTimeOffset? at) => at is { } day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "-";
}
