using System.Text.Json;

namespace PiCam.Blazor.Backups;

/// <summary>The rows of one table of the database.</summary>
/// <param name="Columns">Their names.</param>
/// <param name="Rows">Each with a value per column: null, a number, a text, or an array of one text, which is bytes in base64.</param>
public sealed record BackupTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<JsonElement>> Rows);
