using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace PiCam.Hardware.Libcamera;

/// <summary>Takes the camera helper's messages from its output. Nothing is allocated for bytes that have not come.</summary>
internal sealed class HelperReader(PipeReader pipe)
{
    private const int HeaderLength = 12;

    /// <summary>The longest JSON of a message, in bytes.</summary>
    public const int LongestJson = 1 << 20;

    /// <summary>The largest picture that is taken, in bytes: a sensor's full resolution at the best quality is a third of this.</summary>
    public const int LargestPicture = 32 << 20;

    private const int AtOnce = 1 << 20;

    private static readonly string[] Kinds = ["HELO", "FRAM", "STIL", "ACKN", "CONF", "ERRO"];

    /// <summary>The next message; null when the output has ended between two of them.</summary>
    /// <exception cref="HelperProtocolException">Something else came, or the output ended within a message.</exception>
    public async ValueTask<HelperMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await HeaderAsync(cancellationToken).ConfigureAwait(false) is not { } header)
        {
            return null;
        }

        var json = await TakeAsync(header.JsonLength, cancellationToken).ConfigureAwait(false);
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(json);
            root = document.RootElement.Clone();
        }
        catch (JsonException malformed)
        {
            throw new HelperProtocolException($"a {header.Kind} message of the camera helper is not JSON", malformed);
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new HelperProtocolException($"a {header.Kind} message of the camera helper is not an object");
        }

        if (header.DataLength > LargestPicture)
        {
            await SkipAsync(header.DataLength, cancellationToken).ConfigureAwait(false);
            return new HelperMessage(header.Kind, root, [], Oversized: true);
        }

        var half = HelperMessage.HalfLength(root, (int)header.DataLength);
        var data = await TakeAsync((int)header.DataLength - half, cancellationToken).ConfigureAwait(false);
        return new HelperMessage(header.Kind, root, data, Oversized: false)
        {
            Half = await TakeAsync(half, cancellationToken).ConfigureAwait(false),
        };
    }

    private async ValueTask<(string Kind, int JsonLength, uint DataLength)?> HeaderAsync(CancellationToken cancellationToken)
    {
        var read = await pipe.ReadAtLeastAsync(HeaderLength, cancellationToken).ConfigureAwait(false);
        if (read.Buffer.Length < HeaderLength)
        {
            var rest = read.Buffer.Length;
            pipe.AdvanceTo(read.Buffer.End);
            return rest == 0 ? null : throw CutOff();
        }

        var header = Parse(read.Buffer.Slice(0, HeaderLength));
        pipe.AdvanceTo(read.Buffer.GetPosition(HeaderLength));
        return header;
    }

    private static (string Kind, int JsonLength, uint DataLength) Parse(ReadOnlySequence<byte> sequence)
    {
        Span<byte> bytes = stackalloc byte[HeaderLength];
        sequence.CopyTo(bytes);
        var kind = Encoding.Latin1.GetString(bytes[..4]);
        var json = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        var data = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        return Array.IndexOf(Kinds, kind) >= 0 && json is >= 2 and <= LongestJson
            ? (kind, (int)json, data)
            : throw new HelperProtocolException("the camera helper sends something that is not its protocol");
    }

    private static HelperProtocolException CutOff() => new("the camera helper ended in the middle of a message") { IsEnd = true };

    private async ValueTask<byte[]> TakeAsync(int length, CancellationToken cancellationToken)
    {
        if (length == 0)
        {
            return [];
        }

        // Live pictures fit at once; a length that is a lie must not cost its memory before the bytes are there.
        if (length <= AtOnce)
        {
            var bytes = new byte[length];
            var taken = 0;
            await ForEachAsync(length, part => taken = Copy(part, bytes, taken), cancellationToken).ConfigureAwait(false);
            return bytes;
        }

        using var growing = new MemoryStream(AtOnce);
        await ForEachAsync(length, part => growing.Write(part.Span), cancellationToken).ConfigureAwait(false);
        return growing.ToArray();
    }

    private static int Copy(ReadOnlyMemory<byte> part, byte[] bytes, int at)
    {
        part.CopyTo(bytes.AsMemory(at));
        return at + part.Length;
    }

    private ValueTask SkipAsync(uint length, CancellationToken cancellationToken) =>
        ForEachAsync(length, static _ => { }, cancellationToken);

    private async ValueTask ForEachAsync(long length, Action<ReadOnlyMemory<byte>> use, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            var read = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = read.Buffer.Slice(0, Math.Min(length, read.Buffer.Length));
            foreach (var part in buffer)
            {
                use(part);
            }

            length -= (int)buffer.Length;
            pipe.AdvanceTo(buffer.End);
            if (length > 0 && (read.IsCompleted || read.IsCanceled) && buffer.Length == 0)
            {
                throw CutOff();
            }
        }
    }
}
