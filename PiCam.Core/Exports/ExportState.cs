namespace PiCam.Core.Exports;

/// <summary>How far an export is, or how the last one ended.</summary>
public sealed record ExportState
{
    /// <summary>Whether something is being copied.</summary>
    public bool IsRunning { get; init; }

    /// <summary>Where to.</summary>
    public required ExportPlace Place { get; init; }

    /// <summary>Who wanted it.</summary>
    public required string By { get; init; }

    /// <summary>How many pictures and films it is about.</summary>
    public required int Total { get; init; }

    /// <summary>How many were copied.</summary>
    public int Copied { get; init; }

    /// <summary>How many were there already.</summary>
    public int Already { get; init; }

    /// <summary>How many somebody deleted meanwhile.</summary>
    public int Missing { get; init; }

    /// <summary>What was copied, in bytes, with what there is of the present file.</summary>
    public long Bytes { get; init; }

    /// <summary>Why it ended before its end; null: it did not.</summary>
    public Reason? Fault { get; init; }

    /// <summary>How many are over.</summary>
    public int Done => Copied + Already + Missing;

    /// <summary>Whether somebody ended it before its end.</summary>
    public bool IsStopped => !IsRunning && Fault is null && Done < Total;
}
