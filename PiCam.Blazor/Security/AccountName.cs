namespace PiCam.Blazor.Security;

/// <summary>What people, tokens and links may be called.</summary>
internal static class AccountName
{
    public const int Longest = 64;

    /// <exception cref="PeopleException">It cannot be used.</exception>
    public static string Demand(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Trim() == name && name.Length is > 0 and <= Longest && !name.Any(char.IsControl)
            ? name
            : throw new PeopleException(PeopleFault.UnusableName($"{Longest}"));
    }
}
