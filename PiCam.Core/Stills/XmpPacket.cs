using System.Globalization;
using System.Text;
using System.Xml.Linq;
using PiCam.Core.Gimbals;

namespace PiCam.Core.Stills;

/// <summary>The XMP packet beside the Exif data (ISO 16684-1).</summary>
internal static class XmpPacket
{
    /// <summary>
    /// PiCam's own names. Those that exist (drone-dji:GimbalYawDegree, Camera:Yaw, GPano:PoseHeadingDegrees, and Exif's
    /// GPSImgDirection) all count from north, and programs put what they find there on a map; a gimbal counts from its own zero.
    /// </summary>
    public const string Namespace = "urn:x-picam:1.0/";

    private static readonly XNamespace Meta = "adobe:ns:meta/";
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace PiCam = Namespace;

    /// <returns>Null when there is nothing to say.</returns>
    public static byte[]? Make(string? description, PanTilt? aim)
    {
        if (description is null && aim is null)
        {
            return null;
        }

        var properties = new XElement(
            Rdf + "Description",
            new XAttribute(Rdf + "about", ""),
            new XAttribute(XNamespace.Xmlns + "dc", DublinCore),
            new XAttribute(XNamespace.Xmlns + "picam", PiCam));
        if (aim is { } angles)
        {
            properties.Add(new XElement(PiCam + "PanDegrees", Degrees(angles.Pan)), new XElement(PiCam + "TiltDegrees", Degrees(angles.Tilt)));
        }

        if (description is not null)
        {
            var text = new XElement(Rdf + "li", new XAttribute(XNamespace.Xml + "lang", "x-default"), description);
            properties.Add(new XElement(DublinCore + "description", new XElement(Rdf + "Alt", text)));
        }

        var packet = new XElement(
            Meta + "xmpmeta",
            new XAttribute(XNamespace.Xmlns + "x", Meta),
            new XElement(Rdf + "RDF", new XAttribute(XNamespace.Xmlns + "rdf", Rdf), properties));
        return Encoding.UTF8.GetBytes(
            $"<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>{packet.ToString(SaveOptions.DisableFormatting)}<?xpacket end=\"r\"?>");
    }

    private static string Degrees(double angle) => angle.ToString("0.##", CultureInfo.InvariantCulture);
}
