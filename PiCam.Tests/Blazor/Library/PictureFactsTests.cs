using PiCam.Blazor.Library;
using PiCam.Core.Gimbals;
using PiCam.Core.Stills;
using PiCam.Tests.Fixtures;
using SkiaSharp;
using Xunit;

namespace PiCam.Tests.Blazor.Library;

public sealed class PictureFactsTests
{
    private static readonly byte[] Jpeg = TestPictures.Jpeg(64, 48, SKColors.Teal);

    [Fact]
    public void Read_WhatPiCamWrote_IsWhatItMeant()
    {
        var written = Exif.Write(Jpeg, new ExifFields
        {
            ExposureTime = TimeSpan.FromMicroseconds(4000),
            Iso = 200,
            FNumber = 2.9,
            FocalLength = 3.6,
            Model = "OV5647",
            Aim = new PanTilt(-12.5, 30.25),
            Description = "狐狸在门口",
        });

        var facts = PictureFacts.Read(new MemoryStream(written));

        Assert.Equal(new PictureFacts(TimeSpan.FromMicroseconds(4000), 200, "OV5647", 2.9, 3.6, new PanTilt(-12.5, 30.25), "狐狸在门口"), facts);
    }

    [Fact]
    public void Read_PictureThatSaysNothing_OrNoPicture_KnowsNothing()
    {
        var nothing = new PictureFacts(null, null, null, null, null, null, null);

        Assert.Equal(nothing, PictureFacts.Read(new MemoryStream(Jpeg)));
        Assert.Equal(nothing, PictureFacts.Read(new MemoryStream([.. "no picture at all, whatever its name says"u8])));
        Assert.Equal(nothing, PictureFacts.Read(new MemoryStream()));
    }
}
