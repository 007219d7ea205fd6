namespace PiCam.Blazor.Backups;

/// <summary>How the encrypted entry of a backup is encrypted: AES-256-GCM, the key by PBKDF2 with SHA-256.</summary>
/// <param name="Iterations">Of PBKDF2.</param>
/// <param name="Salt">16 random bytes.</param>
/// <param name="Nonce">12 random bytes.</param>
public sealed record BackupEncryption(int Iterations, byte[] Salt, byte[] Nonce)
{
    public string Cipher { get; init; } = "AES-256-GCM";

    public string KeyDerivation { get; init; } = "PBKDF2-SHA256";
}
