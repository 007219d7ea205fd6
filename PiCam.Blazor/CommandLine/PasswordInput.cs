using System.Text;
using PiCam.Blazor.StartUp;

namespace PiCam.Blazor.CommandLine;

/// <summary>Reads a password: the first line of standard input, or typed unseen at a terminal.</summary>
internal static class PasswordInput
{
    /// <exception cref="StartUpException">Standard input ended before there was a line.</exception>
    public static async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        if (!Console.IsInputRedirected)
        {
            return ReadFromTerminal();
        }

        return await Console.In.ReadLineAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new StartUpException("The password is expected on the first line of standard input.");
    }

    private static string ReadFromTerminal()
    {
        // To standard error: standard output belongs to the command's result.
        Console.Error.Write("Password: ");
        var password = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                password.Length = Math.Max(0, password.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                password.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return password.ToString();
    }
}
