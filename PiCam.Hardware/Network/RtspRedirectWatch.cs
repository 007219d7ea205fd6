namespace PiCam.Hardware.Network;

/// <summary>
/// Looks for the status line of a redirect ("RTSP/1.0 302 …", RFC 2326 section 7.1) in what a camera sends, however it is cut into
/// pieces and with the freedoms that ffmpeg's reader allows: any version, any blanks, a sign or zeros before the number.
/// </summary>
internal sealed class RtspRedirectWatch
{
    private const int InVersion = 5;
    private const int InBlanks = 6;
    private int state;

    /// <summary>Whether the line's number began with a 3 within this piece; then nothing of the piece may go on.</summary>
    public bool Sees(ReadOnlySpan<byte> piece)
    {
        foreach (var letter in piece)
        {
            if (state == InBlanks && letter == '3')
            {
                return true;
            }

            state = state switch
            {
                < InVersion when letter == "RTSP/"u8[state] => state + 1,
                InVersion when letter is (byte)' ' or (byte)'\t' or (byte)'\r' => InBlanks,
                InVersion when letter != '\n' => InVersion,
                InBlanks when letter is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'+' or (byte)'0' => InBlanks,
                _ => letter == 'R' ? 1 : 0,
            };
        }

        return false;
    }
}
