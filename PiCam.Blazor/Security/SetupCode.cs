using System.Security.Cryptography;
using System.Text;

namespace PiCam.Blazor.Security;

/// <summary>The one-time code that proves that whoever makes the first account can see the console or the data folder.</summary>
public sealed class SetupCode
{
    // Crockford's base 32: no I, L, O, U, so that the code survives being read aloud or copied by hand.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    // 26 × 5 = 130 bits.
    private const int Characters = 26;
    private const int GroupSize = 5;

    private readonly byte[] plain;

    private SetupCode(string plain)
    {
        this.plain = Encoding.ASCII.GetBytes(plain);
        Text = string.Join('-', plain.Chunk(GroupSize).Select(group => new string(group)));
    }

    /// <summary>In groups, such as <c>7K2QX-…</c>; also fit for a link.</summary>
    public string Text { get; }

    public static SetupCode Create() => new(RandomNumberGenerator.GetString(Alphabet, Characters));

    /// <summary>Whether <paramref name="typed"/> is this code, however it is grouped and capitalised. Takes the same time for every wrong code.</summary>
    public bool Matches(string? typed)
    {
        var normal = new string([.. (typed ?? string.Empty).Where(char.IsAsciiLetterOrDigit).Select(Normalize)]);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(normal), plain);
    }

    private static char Normalize(char character) => char.ToUpperInvariant(character) switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        var other => other,
    };
}
