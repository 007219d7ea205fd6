using PiCam.Core;

namespace PiCam.Blazor.Api;

/// <summary>
/// Keeps what is written synchronously until the next asynchronous write or flush. .NET 10's ZipArchive ends each entry with a synchronous write of
/// 16 to 24 bytes, however asynchronously it is used, and a slow reader must not hold a thread.
/// </summary>
internal sealed class AsyncWrites(Stream output) : WriteOnlyStream
{
    private readonly MemoryStream kept = new();

    public override void Write(ReadOnlySpan<byte> buffer) => kept.Write(buffer);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await SendKeptAsync(cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    public override void Flush()
    {
        // With the next asynchronous one.
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await SendKeptAsync(cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            kept.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task SendKeptAsync(CancellationToken cancellationToken)
    {
        if (kept.Length > 0)
        {
            await output.WriteAsync(kept.GetBuffer().AsMemory(0, (int)kept.Length), cancellationToken).ConfigureAwait(false);
            kept.SetLength(0);
        }
    }
}
