using System.Net;
using PiCam.Hardware.Network;
using Xunit;

namespace PiCam.Tests.Hardware.Network;

public sealed class StreamUrlTests
{
    [Theory]
    [InlineData("rtsp://cam.lan/live", "rtsp://192.0.2.1:554/live", "rtsp://cam.lan")]
    [InlineData("RTSP://u:p%40ss@cam.lan:8554/a?b=c", "rtsp://u:p%40ss@192.0.2.1:8554/a?b=c", "rtsp://cam.lan:8554")]
    [InlineData("rtsps://cam.lan", "rtsps://192.0.2.1:322/", "rtsps://cam.lan")]
    [InlineData("http://10.0.0.5?user=a&pwd=b", "http://192.0.2.1:80/?user=a&pwd=b", "http://10.0.0.5")]
    [InlineData("https://[fd00::5]:444/x", "https://192.0.2.1:444/x", "https://[fd00::5]:444")]
    public void For_AddressOfTheHost_ReplacesOnlyTheHost(string text, string forFfmpeg, string shown)
    {
        var url = StreamUrl.Parse(text);

        Assert.Equal(forFfmpeg, url!.For(url.Scheme, new IPEndPoint(IPAddress.Parse("192.0.2.1"), url.Port)));
        Assert.Equal(shown, url.ToString());
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("concat://a|b")]
    [InlineData("ftp://cam/x")]
    [InlineData("gopher://cam/x")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http:///x")]
    [InlineData("http://cam:0/")]
    [InlineData("http://cam:99999/")]
    [InlineData("http://cam\\@10.0.0.1/")]
    [InlineData("http://a@b@cam/")]
    [InlineData("http://cam/a b")]
    [InlineData("http://cam/\r\nX: y")]
    [InlineData("http://[::1/")]
    [InlineData("http://[10.0.0.1]/")]
    [InlineData("http://[fe80::1%25eth0]/")]
    [InlineData("http://cam/#x")]
    public void Parse_NotAllowed_IsNull(string text)
    {
        Assert.True(StreamUrl.IsMeant(text));
        Assert.Null(StreamUrl.Parse(text));
    }

    [Fact]
    public void Secrets_UserPasswordAndPath_AreThereAsWrittenAndDecoded()
    {
        var secrets = StreamUrl.Parse("rtsp://ana:p%40ss@cam/user=ana_password=x")!.Secrets;

        Assert.Equal(["user=ana_password=x", "ana:p%40ss", "ana:p@ss", "p%40ss", "p@ss"], secrets);
        Assert.Empty(StreamUrl.Parse("rtsp://cam/11")!.Secrets);
        Assert.Equal(
            ["live/topsecret?token=t%20oken&x=1", "topsecret", "t%20oken", "t oken"], StreamUrl.Parse("rtmp://relay/live/topsecret?token=t%20oken&x=1", StreamUrl.Receivers)!.Secrets);
    }
}
