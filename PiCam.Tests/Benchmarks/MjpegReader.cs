using System.Net.Http.Headers;

namespace PiCam.Benchmarks;

/// <summary>Reads a multipart stream and counts its JPEGs until standard input ends; then prints the count.</summary>
internal static class MjpegReader
{
    public static async Task<int> RunAsync(string url, string token)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var ending = new CancellationTokenSource();
        var counting = CountAsync(http, url, ending.Token);
        await Console.In.ReadToEndAsync();
        await ending.CancelAsync();
        Console.WriteLine(await counting);
        return 0;
    }

    private static async Task<long> CountAsync(HttpClient http, string url, CancellationToken cancellationToken)
    {
        var frames = 0L;
        try
        {
            await using var stream = await http.GetStreamAsync(url, cancellationToken);
            var buffer = new byte[1 << 16];
            byte previous = 0;
            while (true)
            {
                var read = await stream.ReadAsync(buffer, cancellationToken);
                if (read == 0)
                {
                    throw new IOException("The stream ended.");
                }

                foreach (var current in buffer.AsSpan(0, read))
                {
                    // FF D8 stands at the start of a JPEG and nowhere else in it: entropy-coded FFs are followed by 00.
                    frames += previous == 0xFF && current == 0xD8 ? 1 : 0;
                    previous = current;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return frames;
        }
    }
}
