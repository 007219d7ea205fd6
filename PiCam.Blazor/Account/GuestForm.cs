namespace PiCam.Blazor.Account;

/// <summary>What the page of a guest link posts: nothing but the wish to watch.</summary>
public sealed class GuestForm
{
    public string? Watch { get; set; }
}
