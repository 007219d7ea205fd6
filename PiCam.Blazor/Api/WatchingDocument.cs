using PiCam.Blazor.Security;
using PiCam.Core.Viewing;

namespace PiCam.Blazor.Api;

/// <summary>One person or program that watches now.</summary>
/// <param name="Name">The person's name, or the token's.</param>
/// <param name="Program">Whether it is a program with a token.</param>
/// <param name="Kinds">One entry for each open page ("page") and stream ("stream").</param>
/// <param name="Since">When the oldest of these was opened.</param>
internal sealed record WatchingDocument(string Name, bool Program, IReadOnlyList<ViewerKind> Kinds, DateTimeOffset Since)
{
    public static WatchingDocument From(Viewer viewer) =>
        new(viewer.Name, TokenIdentity.TryReadToken(viewer.UserId) is not null, viewer.Kinds, viewer.Since);
}
