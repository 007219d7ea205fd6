using QRCoder;

namespace PiCam.Blazor.Users;

/// <summary>A text as a QR code that a page can show.</summary>
internal static class QrPicture
{
    // Pixels of each module; the style sheet sets the size on the page.
    private const int Module = 6;

    /// <summary>A PNG as a <c>data:</c> address.</summary>
    public static string DataUri(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        return "data:image/png;base64," + Convert.ToBase64String(code.GetGraphic(Module));
    }
}
