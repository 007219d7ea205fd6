namespace PiCam.Blazor.Account;

/// <summary>What the set-up page posts.</summary>
public sealed class SetupForm
{
    public string? Code { get; set; }

    public string? UserName { get; set; }

    public string? Password { get; set; }
}
