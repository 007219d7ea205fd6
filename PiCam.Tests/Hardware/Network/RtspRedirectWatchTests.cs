using System.Text;
using PiCam.Hardware.Network;
using Xunit;

namespace PiCam.Tests.Hardware.Network;

public sealed class RtspRedirectWatchTests
{
    [Theory]
    [InlineData("RTSP/1.0 302 Found\r\n", true)]
    [InlineData("RTSP/2.0 301 Moved\r\n", true)]
    [InlineData("RTSP/1.0 \t +0302 Found\r\n", true)]
    [InlineData("RTSP/1.0 200 OK\r\n\r\nRTSP/1.0 305 Use Proxy\r\n", true)]
    [InlineData("$\0\0\u0004RTRTSP/1.0 302", true)]
    [InlineData("RTSP/1.0 200 OK\r\nCSeq: 3\r\n", false)]
    [InlineData("RTSP/1.0 401 Unauthorized\r\nCSeq: 3\r\n", false)]
    [InlineData("RTSP/1.0\n302", false)]
    public void Sees_InPiecesOfAnySize_FindsRedirectsOnly(string text, bool isRedirect)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        foreach (var size in new[] { 1, 3, 7, bytes.Length })
        {
            var watch = new RtspRedirectWatch();
            Assert.Equal(isRedirect, bytes.Chunk(size).Any(piece => watch.Sees(piece)));
        }
    }
}
