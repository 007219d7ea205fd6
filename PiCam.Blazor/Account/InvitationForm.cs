namespace PiCam.Blazor.Account;

/// <summary>What the page of an invitation posts.</summary>
public sealed class InvitationForm
{
    public string? UserName { get; set; }

    public string? Password { get; set; }
}
