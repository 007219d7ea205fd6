namespace PiCam.Core;

/// <summary>What people may call a thing of theirs: a preset, a tour, a picture.</summary>
public static class GivenName
{
    /// <summary>The longest name, in characters.</summary>
    public const int Longest = 40;

    /// <summary>The name without the blanks around it, and what is wrong with it; null: nothing.</summary>
    /// <param name="name">As it was typed.</param>
    /// <param name="longest">In characters.</param>
    public static (string Name, InvalidValue? Error) Check(string? name, int longest = Longest)
    {
        var trimmed = name?.Trim() ?? "";
        return (trimmed, trimmed.Length == 0 || trimmed.Length > longest || trimmed.Any(char.IsControl) ? Refuse(trimmed, Allowed.Text($"{longest}")) : null);
    }

    /// <summary>The name without the blanks around it.</summary>
    /// <param name="name">As it was typed.</param>
    /// <param name="taken">The names of the other things of the kind.</param>
    /// <exception cref="InvalidValueException">It cannot be used, or another thing has it.</exception>
    public static string Demand(string? name, IEnumerable<string> taken)
    {
        var (trimmed, error) = Check(name);
        if (error is null && taken.Contains(trimmed, StringComparer.OrdinalIgnoreCase))
        {
            error = Refuse(trimmed, Allowed.NotTaken);
        }

        return error is null ? trimmed : throw new InvalidValueException(error);
    }

    /// <summary>The name, or one like it that nothing else has.</summary>
    public static string Untaken(string name, IEnumerable<string> taken)
    {
        ArgumentNullException.ThrowIfNull(name);
        var all = taken.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var free = name;
        for (var n = 2; all.Contains(free); n++)
        {
            free = $"{name[..Math.Min(name.Length, Longest - 4)]} {n}";
        }

        return free;
    }

    /// <summary>The complaint about a name.</summary>
    public static InvalidValue Refuse(string name, Reason allowed) => new("name", $"\"{name}\"", allowed);
}
