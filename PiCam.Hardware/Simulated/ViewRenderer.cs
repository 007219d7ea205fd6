using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using PiCam.Core.Cameras;
using PiCam.Core.Gimbals;

namespace PiCam.Hardware.Simulated;

/// <summary>Turns scene, aim and sensor settings into pixels. Not thread safe; keeps its buffers.</summary>
internal sealed class ViewRenderer(CameraCapabilities capabilities, Scene scene, SceneTexture front)
{
    private readonly SceneTexture surround = scene.Surround.Texture;
    private readonly ViewGrid grid = new(capabilities);
    private readonly ToneCurve toneCurve = new();
    private readonly int[] histogram = new int[LightMeter.HistogramSteps];
    private readonly Sharpening sharpening = new(capabilities.Size.Width, capabilities.Size.Height);

    /// <summary>Draws one frame.</summary>
    /// <param name="settings">What the sensor uses.</param>
    /// <param name="aim">Degrees; where the camera points.</param>
    /// <param name="noiseSeed">Chooses the noise.</param>
    /// <param name="pixels">Red, green, blue, unused; row by row without gaps.</param>
    /// <returns>What automatic exposure and white balance may know of the frame.</returns>
    public unsafe FrameStatistics Render(SensorSettings settings, PanTilt aim, ulong noiseSeed, Span<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, capabilities.Size.Width * capabilities.Size.Height * 4);
        Look(settings, aim);
        var pass = new Pass(settings);
        var meter = new LightMeter(settings, histogram);
        fixed (float* noise = NoiseTable.Values)
        fixed (byte* curve = toneCurve.For(settings.Controls.Brightness, settings.Controls.Contrast), output = pixels)
        {
            for (var row = 0; row < grid.Rows - 1; row++)
            {
                for (var column = 0; column < grid.Columns - 1; column++)
                {
                    var inFront = TryLocate(front, column, row, out var corners);
                    if (!inFront)
                    {
                        corners = Locate(column, row);
                    }

                    var texture = inFront ? front : surround;
                    fixed (uint* texels = texture.Texels)
                    {
                        meter.Add(
                            SceneTexture.Unpack(texels[((int)(corners.V00 + 0.5f) * texture.Width) + (int)(corners.U00 + 0.5f)]),
                            (float)column / (grid.Columns - 1),
                            (float)row / (grid.Rows - 1));
                        DrawCell(texels, texture.Width, corners, column, row, (uint*)output, curve, noise, ref noiseSeed, pass);
                    }
                }
            }
        }

        Finish(settings.Controls, pixels);
        return meter.Read();
    }

    /// <summary>Learns what <see cref="Render"/> would learn, without drawing; things that move are where they were when last drawn.</summary>
    /// <param name="settings">What the sensor uses.</param>
    /// <param name="aim">Degrees; where the camera points.</param>
    public FrameStatistics Measure(SensorSettings settings, PanTilt aim)
    {
        Look(settings, aim);
        var meter = new LightMeter(settings, histogram);
        for (var row = 0; row < grid.Rows - 1; row++)
        {
            for (var column = 0; column < grid.Columns - 1; column++)
            {
                var direction = grid.Directions[(row * grid.Columns) + column];
                var (texture, u, v) = (front, (float)front.Column(direction.Pan), (float)front.Row(direction.Tilt));
                if (u < 0 || v < 0 || u >= front.Width - 2 || v >= front.Height - 2)
                {
                    (texture, u, v) = (surround, U(direction.Pan - (360 * Math.Floor((direction.Pan + 180) / 360))), V(direction.Tilt));
                    scene.Surround.Look(u, v, u, v);
                }

                meter.Add(
                    SceneTexture.Unpack(texture.Texels[((int)(v + 0.5f) * texture.Width) + (int)(u + 0.5f)]),
                    (float)column / (grid.Columns - 1),
                    (float)row / (grid.Rows - 1));
            }
        }

        return meter.Read();
    }

    private void Look(SensorSettings settings, PanTilt aim)
    {
        var orientation = Orientation.Of(settings.Controls, cameraFlips: true);
        grid.Aim(settings.ScalerCrop, aim, (orientation.CameraHorizontalFlip, orientation.CameraVerticalFlip));
    }

    private void Finish(CameraControls controls, Span<byte> pixels)
    {
        if (controls.Saturation != 1)
        {
            Saturation.Apply(pixels, controls.Saturation);
        }

        if (controls.Sharpness != 1)
        {
            sharpening.Apply(pixels, controls.Sharpness);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private unsafe void DrawCell(
        uint* texels, int stride, in Corners corners, int column, int row, uint* output, byte* curve, float* noise, ref ulong seed, in Pass pass)
    {
        const float Step = 1f / ViewGrid.CellPixels;
        var (left, top) = (column * ViewGrid.CellPixels, row * ViewGrid.CellPixels);
        var width = Math.Min(ViewGrid.CellPixels, capabilities.Size.Width - left);
        var height = Math.Min(ViewGrid.CellPixels, capabilities.Size.Height - top);
        var mask = Vector256.Create(Vector128.Create(0x3FF, 0x3FF << 10, 0x3FF << 20, 0));
        var (root, shot, read, balance) = (pass.Root, pass.Shot, pass.Read, pass.Balance);
        var zero = Vector256<float>.Zero;
        var one = Vector256<float>.One;
        var last = Vector256.Create((float)(SensorModel.CurveSteps - 1));
        for (var y = 0; y < height; y++)
        {
            var down = y * Step;
            var u = corners.U00 + ((corners.U01 - corners.U00) * down);
            var v = corners.V00 + ((corners.V01 - corners.V00) * down);
            var stepU = (corners.U10 + ((corners.U11 - corners.U10) * down) - u) * Step;
            var stepV = (corners.V10 + ((corners.V11 - corners.V10) * down) - v) * Step;
            var target = output + ((top + y) * capabilities.Size.Width) + left;
            var grain = noise + (int)(NoiseTable.Next(ref seed) & (NoiseTable.Starts - 1));

            // Two pixels at a time, three colours and a spare each.
            for (var x = 0; x < width; x += 2)
            {
                var (u2, v2) = (u + stepU, v + stepV);
                var (wholeU, wholeV, wholeU2, wholeV2) = ((int)u, (int)v, (int)u2, (int)v2);
                var at = texels + (wholeV * stride) + wholeU;
                var at2 = texels + (wholeV2 * stride) + wholeU2;
                var across = Both(u - wholeU, u2 - wholeU2);
                var upper = Mix(Texels(at[0], at2[0], mask), Texels(at[1], at2[1], mask), across);
                var lower = Mix(Texels(at[stride], at2[stride], mask), Texels(at[stride + 1], at2[stride + 1], mask), across);
                var rootRaw = Mix(upper, lower, Both(v - wholeV, v2 - wholeV2)) * root;
                var raw = rootRaw * rootRaw;
                raw += Vector256.Create(Vector128.Load(grain), Vector128.Load(grain + 3)) * Vector256.Sqrt((raw * shot) + read);
                var steps = Vector256.ConvertToInt32Native(
                    Vector256.MinNative(Vector256.MaxNative(Vector256.MinNative(raw, one) * balance, zero), last));
                target[x] = Colour(curve, steps.GetLower());
                if (x + 1 < width)
                {
                    target[x + 1] = Colour(curve, steps.GetUpper());
                }

                u = u2 + stepU;
                v = v2 + stepV;
                grain += 6;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Texels(uint first, uint second, Vector256<int> mask) => Vector256.ConvertToSingle(
        Vector256.Create(Vector128.Create((int)first), Vector128.Create((int)second)) & mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Both(float first, float second) =>
        Vector256.Create(Vector128.Create(first), Vector128.Create(second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Mix(Vector256<float> a, Vector256<float> b, Vector256<float> part) => a + ((b - a) * part);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe uint Colour(byte* curve, Vector128<int> steps) => curve[steps.GetElement(0)]
        | ((uint)curve[steps.GetElement(1)] << 8)
        | ((uint)curve[steps.GetElement(2)] << 16)
        | 0xFF000000;

    /// <summary>A cell in a texture that may not hold it wholly.</summary>
    private bool TryLocate(SceneTexture texture, int column, int row, out Corners corners)
    {
        var (d00, d10, d01, d11) = Around(column, row);
        corners = new Corners(
            (float)texture.Column(d00.Pan), (float)texture.Row(d00.Tilt), (float)texture.Column(d10.Pan), (float)texture.Row(d10.Tilt),
            (float)texture.Column(d01.Pan), (float)texture.Row(d01.Tilt), (float)texture.Column(d11.Pan), (float)texture.Row(d11.Tilt));
        return corners.Within(texture.Width - 2, texture.Height - 2);
    }

    /// <summary>A cell in the texture of all directions.</summary>
    private Corners Locate(int column, int row)
    {
        var (d00, d10, d01, d11) = Around(column, row);
        var first = d00.Pan - (360 * Math.Floor((d00.Pan + 180) / 360));
        var (p10, p01, p11) = (Near(d10.Pan, first), Near(d01.Pan, first), Near(d11.Pan, first));
        var turn = Math.Min(Math.Min(first, p10), Math.Min(p01, p11)) < -180 + (1.0 / surround.TexelsPerDegree) ? 360 : 0;
        var corners = new Corners(
            U(first + turn), V(d00.Tilt), U(p10 + turn), V(d10.Tilt), U(p01 + turn), V(d01.Tilt), U(p11 + turn), V(d11.Tilt));
        scene.Surround.Look(corners.Left, corners.Top, corners.Right, corners.Bottom);
        return corners;
    }

    // Around the zenith a cell may be wider than the seam; the sky there is the same all around, so a clamped column does not show.
    private float U(double pan) => (float)Math.Clamp(surround.Column(pan), 0, surround.Width - 2.01);

    private float V(double elevation) => (float)Math.Clamp(surround.Row(elevation), 0, surround.Height - 2.01);

    private static double Near(double pan, double other) => pan - (360 * Math.Round((pan - other) / 360));

    private (PanTilt D00, PanTilt D10, PanTilt D01, PanTilt D11) Around(int column, int row)
    {
        var i = (row * grid.Columns) + column;
        return (grid.Directions[i], grid.Directions[i + 1], grid.Directions[i + grid.Columns], grid.Directions[i + grid.Columns + 1]);
    }

    /// <summary>Where the four corners of a cell lie in a texture: first digit across, second down.</summary>
    [SuppressMessage("Performance", "CA1815", Justification = "Never compared.")]
    private readonly record struct Corners(float U00, float V00, float U10, float V10, float U01, float V01, float U11, float V11)
    {
        public float Left => Math.Min(Math.Min(U00, U10), Math.Min(U01, U11));

        public float Top => Math.Min(Math.Min(V00, V10), Math.Min(V01, V11));

        public float Right => Math.Max(Math.Max(U00, U10), Math.Max(U01, U11));

        public float Bottom => Math.Max(Math.Max(V00, V10), Math.Max(V01, V11));

        public bool Within(float right, float bottom) => Left >= 0 && Right < right && Top >= 0 && Bottom < bottom;
    }

    /// <summary>What is the same for all pixels of a frame.</summary>
    private readonly struct Pass
    {
        public Pass(SensorSettings settings)
        {
            var perRadiance = SensorModel.Response * (float)(settings.TotalExposure / SensorModel.WhiteExposureSeconds);
            // A texel's three fields are converted where they stand in the word, so the scale undoes their shifts as well.
            var scale = Vector3.SquareRoot(perRadiance * SceneTexture.BrightestRadiance) / new Vector3(1023f, 1023f * (1 << 10), 1023f * (1 << 20));
            Root = Vector256.Create(Vector128.Create(scale.X, scale.Y, scale.Z, 0));
            var (shot, read) = SensorModel.NoiseVariance(settings.AnalogueGain, settings.Controls.NoiseReductionMode);
            (Shot, Read) = (Vector256.Create(shot), Vector256.Create(read));
            Balance = Vector256.Create(Vector128.Create((float)settings.ColourGains.Red, 1, (float)settings.ColourGains.Blue, 0))
                * (SensorModel.CurveSteps - 1);
        }

        public Vector256<float> Root { get; }

        public Vector256<float> Shot { get; }

        public Vector256<float> Read { get; }

        public Vector256<float> Balance { get; }
    }
}
