namespace PiCam.Blazor.Audit;

/// <summary>As it is stored.</summary>
/// <param name="Days">For how long entries are kept.</param>
public sealed record AuditRetention(int Days);
