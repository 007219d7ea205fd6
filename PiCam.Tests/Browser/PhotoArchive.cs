using System.IO.Compression;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using Microsoft.Playwright;
using Xunit;

namespace PiCam.Tests.Browser;

/// <summary>The archive of pictures that <see cref="LibraryPanel"/> added, as a browser saved it.</summary>
internal static class PhotoArchive
{
    /// <summary>It holds these and no others, each with what is said about how it was taken.</summary>
    /// <param name="download">What was saved.</param>
    /// <param name="names">Of the files, in order.</param>
    public static async Task HoldsAsync(IDownload download, params string[] names)
    {
        var token = TestContext.Current.CancellationToken;
        await using var stream = await download.CreateReadStreamAsync();
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory, token);
        using var archive = new ZipArchive(memory);
        Assert.Equal(names, archive.Entries.Select(entry => entry.FullName).Order());
        foreach (var entry in archive.Entries)
        {
            using var picture = new MemoryStream();
            await using (var content = await entry.OpenAsync(token))
            {
                await content.CopyToAsync(picture, token);
            }

            picture.Position = 0;
            var photo = ImageMetadataReader.ReadMetadata(picture).OfType<ExifSubIfdDirectory>().Single();
            Assert.Equal(200, photo.GetInt32(ExifDirectoryBase.TagIsoEquivalent));
        }
    }
}
