using System.CommandLine;
using PiCam.Blazor.Security;
using PiCam.Core.Access;

namespace PiCam.Blazor.CommandLine;

/// <summary><c>user add</c>, <c>user list</c>, <c>user reset-password</c>.</summary>
internal static class UserCommands
{
    public static Command Create() => new("user", "The people who can sign in.") { CreateAdd(), CreateList(), CreateResetPassword() };

    private static Command CreateAdd()
    {
        var name = new Argument<string>("name") { Description = "The name to sign in with." };
        var role = Roles.CreateOption();
        var command = new Command("add", "Adds a person; the password is the first line of standard input.") { name, role };
        command.SetAction((arguments, cancellationToken) => CommandServices.RunAsync(
            async services =>
            {
                var password = await PasswordInput.ReadAsync(cancellationToken).ConfigureAwait(false);
                var user = await services.GetRequiredService<People>().AddAsync(
                    Caller.System, arguments.GetRequiredValue(name), password, arguments.GetValue(role)).ConfigureAwait(false);
                Console.WriteLine($"Added {user.UserName}, {user.Role}.");
            },
            cancellationToken));
        return command;
    }

    private static Command CreateList()
    {
        var command = new Command("list", "Lists everybody: name, role.");
        command.SetAction((_, cancellationToken) => CommandServices.RunAsync(
            async services =>
            {
                foreach (var user in await services.GetRequiredService<People>()
                    .ListAsync(Caller.System, cancellationToken).ConfigureAwait(false))
                {
                    Console.WriteLine($"{user.UserName}\t{user.Role}");
                }
            },
            cancellationToken));
        return command;
    }

    private static Command CreateResetPassword()
    {
        var name = new Argument<string>("name") { Description = "Whose password to replace." };
        var command = new Command(
            "reset-password", "Replaces a password by the first line of standard input, and signs the person out everywhere.") { name };
        command.SetAction((arguments, cancellationToken) => CommandServices.RunAsync(
            async services =>
            {
                var password = await PasswordInput.ReadAsync(cancellationToken).ConfigureAwait(false);
                await services.GetRequiredService<People>()
                    .ResetPasswordAsync(Caller.System, arguments.GetRequiredValue(name), password).ConfigureAwait(false);
                Console.WriteLine($"{arguments.GetRequiredValue(name)} has a new password.");
            },
            cancellationToken));
        return command;
    }
}
