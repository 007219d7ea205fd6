using Microsoft.AspNetCore.WebUtilities;
using PiCam.Blazor.Library;
using PiCam.Core.Media;
using Xunit;

namespace PiCam.Tests.Blazor.Library;

public sealed class LibraryAddressTests
{
    [Fact]
    public void Address_WithEverything_IsReadBackFromWhatItWrote()
    {
        var address = new LibraryAddress
        {
            Kind = MediaKind.TimeLapse,
            From = new DateOnly(2026, 3, 1),
            To = new DateOnly(2026, 3, 29),
            Preset = "p&1",
            Text = "狐狸 <img src=x>&item=1",
            Sequence = "s",
            Item = "i",
            Compare = "a,b",
        };

        var read = QueryHelpers.ParseQuery(address.ToString()[(LibraryAddress.Path.Length + 1)..]);

        Assert.Equal(address, new LibraryAddress
        {
            Kind = LibraryAddress.KindOf(read["kind"]),
            From = LibraryAddress.Day(read["from"]),
            To = LibraryAddress.Day(read["to"]),
            Preset = read["preset"],
            Text = read["text"],
            Sequence = read["sequence"],
            Item = read["item"],
            Compare = read["compare"],
        });
        Assert.Equal(LibraryAddress.Path, new LibraryAddress().ToString());
    }

    [Theory]
    [InlineData("2")]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData(null)]
    public void Kind_ThatIsNone_IsNone(string? text) => Assert.Null(LibraryAddress.KindOf(text));

    [Fact]
    public void Query_OfDays_IsFromMidnightToMidnightWhereThePanelIs()
    {
        // Summer time begins on the last of these days.
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        var query = new LibraryAddress { From = new DateOnly(2026, 3, 28), To = new DateOnly(2026, 3, 29) }.Query(zone);

        Assert.Equal(new DateTimeOffset(2026, 3, 28, 0, 0, 0, TimeSpan.FromHours(1)), query.From);
        Assert.Equal(new DateTimeOffset(2026, 3, 30, 0, 0, 0, TimeSpan.FromHours(2)), query.To);
        Assert.True(query.CollapsesSequences);
    }
}
