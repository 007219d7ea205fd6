using PiCam.Core.Exports;

namespace PiCam.Blazor.Api;

/// <summary>Where one can export to, and how the export stands.</summary>
/// <param name="Places">What is mounted below /media, /run/media and /mnt, and the folders of the configuration.</param>
/// <param name="Export">The one that is under way, or the last one; null: there was none since the panel started.</param>
internal sealed record ExportDocument(IReadOnlyList<ExportPlaceDocument> Places, ExportProgressDocument? Export);

/// <summary>A disk, a share or a folder.</summary>
/// <param name="Place">Its folder; what POST /api/export takes.</param>
/// <param name="Name">Mostly a disk's label.</param>
/// <param name="Device">The disk or share that it is on; null: unknown.</param>
/// <param name="FreeBytes">Null: unknown.</param>
/// <param name="Obstacle">Why nothing can be copied there; null: it can.</param>
internal sealed record ExportPlaceDocument(string Place, string Name, string? Device, long? FreeBytes, string? Obstacle)
{
    public static ExportPlaceDocument From(ExportPlace place) => new(place.Folder, place.Name, place.Device, place.FreeBytes, place.Obstacle?.English);
}

/// <summary>How far an export is.</summary>
/// <param name="Running">Whether something is being copied.</param>
/// <param name="Place">Where to.</param>
/// <param name="By">Who wanted it.</param>
/// <param name="Total">How many pictures and films it is about.</param>
/// <param name="Copied">How many were copied.</param>
/// <param name="Already">How many were there already.</param>
/// <param name="Missing">How many were deleted meanwhile.</param>
/// <param name="Bytes">What was copied.</param>
/// <param name="Fault">Why it ended before its end; null: it did not.</param>
internal sealed record ExportProgressDocument(bool Running, string Place, string By, int Total, int Copied, int Already, int Missing, long Bytes, string? Fault)
{
    public static ExportProgressDocument From(ExportState state) => new(
        state.IsRunning, state.Place.Folder, state.By, state.Total, state.Copied, state.Already, state.Missing, state.Bytes, state.Fault?.English);
}
