using System.Security.Cryptography;

namespace PiCam.Blazor.Backups;

/// <summary>Encrypts by a passphrase what of a backup is secret.</summary>
internal static class BackupCipher
{
    // OWASP's advice of 2023 for PBKDF2 with SHA-256.
    private const int LeastIterations = 600_000;

    // A manifest that asks for more wants to keep the processor busy.
    private const int MostIterations = 5_000_000;

    private const int KeyBytes = 32;
    private const int TagBytes = 16;

    /// <summary>Fresh parameters.</summary>
    public static BackupEncryption NewEncryption() =>
        new(LeastIterations, RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(12));

    /// <returns>The encrypted bytes, and after them the tag.</returns>
    public static byte[] Encrypt(byte[] clear, string passphrase, BackupEncryption encryption, byte[] manifest)
    {
        var result = new byte[clear.Length + TagBytes];
        using var aes = new AesGcm(Key(passphrase, encryption), TagBytes);
        aes.Encrypt(encryption.Nonce, clear, result.AsSpan(0, clear.Length), result.AsSpan(clear.Length), manifest);
        return result;
    }

    /// <exception cref="BackupRefusedException">The passphrase is wrong, something was changed, or the parameters are not ours.</exception>
    public static byte[] Decrypt(byte[] encrypted, string passphrase, BackupEncryption encryption, byte[] manifest)
    {
        var usual = NewEncryption();
        if (encryption.Iterations is < LeastIterations or > MostIterations || encrypted.Length < TagBytes
            || encryption.Salt?.Length != usual.Salt.Length || encryption.Nonce?.Length != usual.Nonce.Length
            || encryption.Cipher != usual.Cipher || encryption.KeyDerivation != usual.KeyDerivation)
        {
            throw new BackupRefusedException(BackupFault.NotABackup);
        }

        var clear = new byte[encrypted.Length - TagBytes];
        try
        {
            using var aes = new AesGcm(Key(passphrase, encryption), TagBytes);
            aes.Decrypt(encryption.Nonce, encrypted.AsSpan(0, clear.Length), encrypted.AsSpan(clear.Length), clear, manifest);
            return clear;
        }
        catch (AuthenticationTagMismatchException mismatch)
        {
            throw new BackupRefusedException(BackupFault.WrongPassphrase, mismatch);
        }
    }

    private static byte[] Key(string passphrase, BackupEncryption encryption) =>
        Rfc2898DeriveBytes.Pbkdf2(passphrase, encryption.Salt, encryption.Iterations, HashAlgorithmName.SHA256, KeyBytes);
}
