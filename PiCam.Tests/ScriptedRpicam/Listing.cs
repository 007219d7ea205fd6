namespace PiCam.ScriptedRpicam;

/// <summary>What the real program lists of real modules (rpicam-apps 1.5 with libcamera 0.3 on a Raspberry Pi 4).</summary>
internal static class Listing
{
    private const string Ov5647 = """
        {0} : ov5647 [2592x1944 10-bit GBRG] (/base/soc/i2c0mux/i2c@1/ov5647@36)
            Modes: 'SGBRG10_CSI2P' : 640x480 [58.92 fps - (16, 0)/2560x1920 crop]
                                     1296x972 [46.34 fps - (0, 0)/2592x1944 crop]
                                     1920x1080 [32.81 fps - (348, 434)/1928x1080 crop]
                                     2592x1944 [15.63 fps - (0, 0)/2592x1944 crop]

        """;

    private const string Imx708 = """
        {0} : imx708 [4608x2592 10-bit RGGB] (/base/soc/i2c0mux/i2c@1/imx708@1a)
            Modes: 'SRGGB10_CSI2P' : 1536x864 [120.13 fps - (768, 432)/3072x1728 crop]
                                     2304x1296 [56.03 fps - (0, 0)/4608x2592 crop]
                                     4608x2592 [14.35 fps - (0, 0)/4608x2592 crop]

        """;

    // A camera that another program has (github.com/prusa3d/Prusa-Link, issue 987).
    private const string Busy = """
        {0} : ov5647 [2592x1944 10-bit GBRG] (/base/soc/i2c0mux/i2c@1/ov5647@36)
            Modes: 'SGBRG10_CSI2P' : 640x480 [30.00 fps - (65535, 65535)/65535x65535 crop]
                                     1296x972 [30.00 fps - (65535, 65535)/65535x65535 crop]

        """;

    private const string Controls = """

            Available controls for 2592x1944 SGBRG10_CSI2P mode:
            ----------------------------------------------------
            AeConstraintMode : [0..3]
            AeEnable : [false..true]
            AeExposureMode : [0..3]
            AeFlickerMode : [0..1]
            AeFlickerPeriod : [100..1000000]
            AeMeteringMode : [0..3]
            AnalogueGain : [1.000000..63.937500]
            AwbEnable : [false..true]
            AwbMode : [0..7]
            Brightness : [-1.000000..1.000000]
            ColourGains : [0.000000..32.000000]
            Contrast : [0.000000..32.000000]
            ExposureTime : [130..969249]
            ExposureValue : [-8.000000..8.000000]
            FrameDurationLimits : [63965..1065021]
            NoiseReductionMode : [0..4]
            Saturation : [0.000000..32.000000]
            ScalerCrop : [(0, 0)/64x64..(0, 0)/2592x1944]
            Sharpness : [0.000000..16.000000]

        """;

    private const string Focus = """
            AfMode : [0..2]
            AfRange : [0..2]
            HdrMode : [0..4]
            LensPosition : [0.000000..32.000000]

        """;

    /// <param name="sensors">For example "ov5647,imx708"; "busy" for one in use; empty: none.</param>
    /// <param name="withControls">Whether <c>--verbose</c> adds the controls, as it does since 2024.</param>
    public static string Of(string sensors, bool withControls)
    {
        var names = sensors.Split(',', StringSplitOptions.RemoveEmptyEntries);
        return names.Length == 0
            ? "No cameras available!\n"
            : "Available cameras\n-----------------\n" + string.Concat(names.Select((name, index) =>
                (name switch { "imx708" => Imx708, "busy" => Busy, _ => Ov5647 }).Replace("{0}", $"{index}", StringComparison.Ordinal)
                + (withControls && name != "busy" ? Controls + (name == "imx708" ? Focus : "") : "") + "\n"));
    }
}
