namespace PiCam.Blazor.Account;

/// <summary>What the page for the second step posts.</summary>
public sealed class CodeForm
{
    public string? Code { get; set; }
}
