namespace PiCam.Blazor.Account;

/// <summary>What the sign-in page posts.</summary>
public sealed class SignInForm
{
    public string? UserName { get; set; }

    public string? Password { get; set; }
}
