using PiCam.Core.Access;

namespace PiCam.Blazor.Security;

/// <summary>Somebody as the database knows them now.</summary>
/// <param name="Name">May have changed since they signed in.</param>
/// <param name="Role">May have changed, too.</param>
public sealed record PresentPrincipal(string Name, Role Role);
