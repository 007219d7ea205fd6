using PiCam.Core;

namespace PiCam.Blazor.Certificates;

/// <summary>What browsers are about to hold against the owner's certificate.</summary>
public static class CertificateFault
{
    /// <param name="day">The last one, such as <c>2027-03-01</c>.</param>
    public static Reason Ending(string day) => new(
        $"The certificate for HTTPS is good until {day} only, and nobody but you renews it. Put a new one into its files; PiCam takes it by itself.", "certificate.ending", day);

    /// <param name="day">The last one, such as <c>2027-03-01</c>.</param>
    public static Reason Ended(string day) => new(
        $"The certificate for HTTPS ended on {day}: browsers warn of this panel. Put a new one into its files; PiCam takes it by itself.", "certificate.ended", day);
}
