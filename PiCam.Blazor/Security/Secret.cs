using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PiCam.Blazor.Security;

/// <summary>Random keys that are handed out once and kept as hashes: tokens and the keys of links.</summary>
internal static class Secret
{
    // There is nothing to guess in 256 random bits: a plain hash is enough.
    private const int Bytes = 256 / 8;

    /// <param name="prefix">What tells the kind of key to who finds one lying around.</param>
    public static string Create(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is kept of it. A look-up by it takes as long for every wrong key.</summary>
    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
