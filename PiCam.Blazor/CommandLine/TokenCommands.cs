using System.CommandLine;
using System.Globalization;
using PiCam.Blazor.Security;
using PiCam.Core.Access;

namespace PiCam.Blazor.CommandLine;

/// <summary><c>token add</c>, <c>token list</c>, <c>token revoke</c>.</summary>
internal static class TokenCommands
{
    public static Command Create() => new("token", "Bearer tokens, by which programs sign in.") { CreateAdd(), CreateList(), CreateRevoke() };

    private static Command CreateAdd()
    {
        var name = new Argument<string>("name") { Description = "What to call the token." };
        var role = Roles.CreateOption();
        var command = new Command("add", "Makes a token and prints it, alone on the last line; it cannot be shown again.") { name, role };
        command.SetAction((arguments, cancellationToken) => CommandServices.RunAsync(
            async services =>
            {
                var token = await services.GetRequiredService<Tokens>().AddAsync(
                    Caller.System, arguments.GetRequiredValue(name), arguments.GetValue(role), cancellationToken).ConfigureAwait(false);
                Console.WriteLine(token);
            },
            cancellationToken));
        return command;
    }

    private static Command CreateList()
    {
        var command = new Command("list", "Lists all tokens: name, role, day of making.");
        command.SetAction((_, cancellationToken) => CommandServices.RunAsync(
            async services =>
            {
                foreach (var token in await services.GetRequiredService<Tokens>()
                    .ListAsync(Caller.System, cancellationToken).ConfigureAwait(false))
                {
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"{token.Name}\t{token.Role}\t{token.CreatedAt:yyyy-MM-dd}"));
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
                    .RevokeAsync(Caller.System, arguments.GetRequiredValue(name), cancellationToken).ConfigureAwait(false);
                Console.WriteLine($"{arguments.GetRequiredValue(name)} is revoked.");
            },
            cancellationToken));
        return command;
    }
}
