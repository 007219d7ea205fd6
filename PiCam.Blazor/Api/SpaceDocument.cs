using PiCam.Core.Boards;

namespace PiCam.Blazor.Api;

/// <summary>Memory or disk, in bytes.</summary>
internal sealed record SpaceDocument(long Total, long Free)
{
    public static SpaceDocument? From(Space? space) => space is { } known ? new SpaceDocument(known.Total, known.Free) : null;
}
