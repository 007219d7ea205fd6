using System.CommandLine;
using PiCam.Blazor.Data;
using PiCam.Blazor.Security;

namespace PiCam.Blazor.CommandLine;

/// <summary><c>user add</c>, <c>list</c>, <c>rename</c>, <c>role</c>, <c>disable</c>, <c>enable</c>, <c>remove</c>, <c>reset-password</c>, <c>reset-two-factor</c>, <c>sign-out</c>.</summary>
internal static class UserCommands
{
    public static Command Create() => new("user", "The people who can sign in.")
    {
        CreateAdd(),
        CreateList(),
        CreateRename(),
        CreateRole(),
        Create("disable", "Shuts a person out at once, until they are enabled again.", "cannot sign in any more.",
            (people, user, cancellationToken) => people.SetDisabledAsync(CommandServices.Caller, user.Id, disabled: true, cancellationToken)),
        Create("enable", "Lets a disabled person sign in again.", "can sign in again.",
            (people, user, cancellationToken) => people.SetDisabledAsync(CommandServices.Caller, user.Id, disabled: false, cancellationToken)),
        Create("remove", "Removes a person with their sessions, passkeys and tokens.", "is removed.",
            (people, user, cancellationToken) => people.RemoveAsync(CommandServices.Caller, user.Id, cancellationToken)),
        CreateResetPassword(),
        Create("reset-two-factor", "For a lost phone: the password alone lets the person in again; passkeys go, too.", "signs in by password alone.",
            (people, user, cancellationToken) => people.ResetTwoFactorAsync(CommandServices.Caller, user.Id, cancellationToken)),
        Create("sign-out", "Signs a person out of every browser.", "is signed out everywhere.",
            (people, user, cancellationToken) => people.EndSessionsAsync(CommandServices.Caller, user.Id, cancellationToken)),
    };

    private static Command CreateAdd()
    {
        var name = new Argument<string>("name") { Description = "The name to sign in with." };
        var role = Roles.CreateOption(Roles.OfPeople);
        var command = new Command("add", "Adds a person; the password is the first line of standard input.") { name, role };
        command.SetAction((arguments, cancellationToken) => CommandServices.RunAsync(
            async services =>
            {
                var password = await PasswordInput.ReadAsync(cancellationToken).ConfigureAwait(false);
                var user = await services.GetRequiredService<People>().AddAsync(
                    CommandServices.Caller, arguments.GetRequiredValue(name), password, arguments.GetValue(role)).ConfigureAwait(false);
                Console.WriteLine($"Added {user.UserName}, {user.Role}.");
            },
            cancellationToken));
        return command;
    }

    private static Command CreateList()
    {
        var command = new Command("list", "Lists everybody: name, role, and what is special.");
        command.SetAction((_, cancellationToken) => CommandServices.RunAsync(
            async services =>
            {
                foreach (var user in await services.GetRequiredService<People>()
                    .ListAsync(CommandServices.Caller, cancellationToken).ConfigureAwait(false))
                {
                    string[] marks = [.. user.IsDisabled ? ["disabled"] : Array.Empty<string>(), .. user.TwoFactorEnabled ? ["two-factor"] : Array.Empty<string>()];
                    Console.WriteLine($"{user.UserName}\t{user.Role}\t{string.Join(' ', marks)}".TrimEnd());
                }
            },
            cancellationToken));
        return command;
    }

    private static Command CreateRename()
    {
        var wanted = new Argument<string>("new-name") { Description = "What to sign in with from now on." };
        var command = Create("rename", "Gives a person another name.", "has another name.", (people, user, arguments, cancellationToken) =>
            people.RenameAsync(CommandServices.Caller, user.Id, arguments.GetRequiredValue(wanted), cancellationToken));
        command.Arguments.Add(wanted);
        return command;
    }

    private static Command CreateRole()
    {
        var role = Roles.CreateOption(Roles.OfPeople);
        var command = Create("role", "Trusts a person with more, or with less, at once.", "has another role.", (people, user, arguments, cancellationToken) =>
            people.SetRoleAsync(CommandServices.Caller, user.Id, arguments.GetValue(role), cancellationToken));
        command.Options.Add(role);
        return command;
    }

    private static Command CreateResetPassword() => Create(
        "reset-password",
        "Replaces a password by the first line of standard input, and signs the person out everywhere.",
        "has a new password.",
        async (people, user, cancellationToken) => await people.ResetPasswordAsync(
            CommandServices.Caller, user.Id, await PasswordInput.ReadAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));

    private static Command Create(string verb, string description, string done, Func<People, PiCamUser, CancellationToken, Task> act) =>
        Create(verb, description, done, (people, user, _, cancellationToken) => act(people, user, cancellationToken));

    private static Command Create(
        string verb, string description, string done, Func<People, PiCamUser, ParseResult, CancellationToken, Task> act)
    {
        var name = new Argument<string>("name") { Description = "The person's name." };
        var command = new Command(verb, description) { name };
        command.SetAction((arguments, cancellationToken) => CommandServices.RunAsync(
            async services =>
            {
                var people = services.GetRequiredService<People>();
                var user = await people.FindAsync(CommandServices.Caller, arguments.GetRequiredValue(name)).ConfigureAwait(false);
                await act(people, user, arguments, cancellationToken).ConfigureAwait(false);
                Console.WriteLine($"{user.UserName} {done}");
            },
            cancellationToken));
        return command;
    }
}
