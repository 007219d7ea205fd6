namespace PiCam.Core.Packets;

/// <summary>Where an encoder writes its film to: it comes out as packets.</summary>
internal sealed class PacketTarget(FragmentSplitter splitter) : WriteOnlyStream
{
    public override void Write(ReadOnlySpan<byte> buffer) => splitter.Write(buffer);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        splitter.Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
        // Nothing is kept back.
    }
}
