using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using PiCam.Core.Cameras;

namespace PiCam.Hardware.V4l2;

/// <summary>An open video device. It only asks and sets controls; the pictures are ffmpeg's business.</summary>
internal sealed unsafe class V4l2Device : IV4l2Controls, IDisposable
{
    // Of a device that takes any size in a range.
    private static readonly PixelSize[] UsualSizes =
        [new(320, 240), new(640, 360), new(640, 480), new(800, 600), new(1280, 720), new(1280, 960), new(1920, 1080)];

    // A device that counts on for ever must not hang the panel.
    private const uint MostItems = 256;

    private readonly SafeFileHandle handle;

    private V4l2Device(SafeFileHandle handle, string path)
    {
        this.handle = handle;
        Identity = Identify(path);
        Controls = FindControls();
    }

    /// <summary>What it says of itself.</summary>
    public V4l2Identity Identity { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<V4l2ControlId, V4l2Control> Controls { get; }

    /// <summary>Opens a device.</summary>
    /// <exception cref="V4l2Exception">It is not there, not allowed, or not a video device.</exception>
    public static V4l2Device Open(string path)
    {
        var handle = V4l2Native.Open(path);
        if (handle.IsInvalid)
        {
            var error = Marshal.GetLastPInvokeError();
            handle.Dispose();
            throw new V4l2Exception(path, error);
        }

        try
        {
            return new V4l2Device(handle, path);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The formats it captures in, in its own order, with their sizes.</summary>
    public IReadOnlyList<V4l2Format> Formats() =>
        [.. PixelFormats().Select(format => new V4l2Format(FourCc(format), Sizes(format)))];

    /// <summary>The highest frame rate up to <paramref name="maximum"/> that it names for a format and size; null when it names none.</summary>
    public double? FrameRate(V4l2Format format, PixelSize size, double maximum)
    {
        var rates = new List<double>();
        for (uint index = 0; index < MostItems; index++)
        {
            var interval = new V4l2Native.FrameInterval
            {
                Index = index,
                PixelFormat = Code(format.FourCc),
                Width = (uint)size.Width,
                Height = (uint)size.Height,
            };
            if (V4l2Native.Call(handle, V4l2Native.EnumerateFrameIntervals, ref interval) != 0)
            {
                break;
            }

            var (shortest, over) = (interval.Values[0], interval.Values[1]);
            if (interval.Type != V4l2Native.Discrete)
            {
                var (longest, longestOver) = (interval.Values[2], interval.Values[3]);
                var slowest = longest == 0 ? 0 : (double)longestOver / longest;
                rates.Add(Math.Max(slowest, Math.Min(maximum, shortest == 0 ? maximum : (double)over / shortest)));
                break;
            }

            if (shortest != 0)
            {
                rates.Add((double)over / shortest);
            }
        }

        // 30000/1001 and the like count as 30.
        return rates.Count == 0 ? null : rates.Where(rate => rate <= maximum + 0.01).DefaultIfEmpty(rates.Min()).Max();
    }

    /// <inheritdoc/>
    public int Get(V4l2ControlId id)
    {
        var control = new V4l2Native.ControlValue { Id = (uint)id };
        Check(V4l2Native.Call(handle, V4l2Native.GetControl, ref control), id.ToString());
        return control.Value;
    }

    /// <inheritdoc/>
    public void Set(V4l2ControlId id, int value)
    {
        var control = new V4l2Native.ControlValue { Id = (uint)id, Value = value };
        Check(V4l2Native.Call(handle, V4l2Native.SetControl, ref control), string.Create(null, $"{id} = {value}"));
    }

    public void Dispose() => handle.Dispose();

    private static string FourCc(uint code) =>
        Encoding.Latin1.GetString([(byte)code, (byte)(code >> 8), (byte)(code >> 16), (byte)((code >> 24) & 0x7F)]).TrimEnd();

    private static uint Code(string fourCc)
    {
        var padded = fourCc.PadRight(4);
        return padded[0] | ((uint)padded[1] << 8) | ((uint)padded[2] << 16) | ((uint)padded[3] << 24);
    }

    private static void Check(int error, string what)
    {
        if (error != 0)
        {
            throw new V4l2Exception(what, error);
        }
    }

    private V4l2Identity Identify(string path)
    {
        var capability = default(V4l2Native.Capability);
        Check(V4l2Native.Call(handle, V4l2Native.QueryCapabilities, ref capability), path);

        // One piece of hardware may have several devices; DeviceCaps speaks of this one.
        var caps = (capability.Capabilities & V4l2Native.CapDeviceCaps) != 0 ? capability.DeviceCaps : capability.Capabilities;
        const uint Needed = V4l2Native.CapVideoCapture | V4l2Native.CapStreaming;
        var captures = (caps & Needed) == Needed;
        return new V4l2Identity(
            path,
            V4l2Native.Text(new ReadOnlySpan<byte>(capability.Driver, 16)),
            V4l2Native.Text(new ReadOnlySpan<byte>(capability.Card, 32)),
            V4l2Native.Text(new ReadOnlySpan<byte>(capability.BusInfo, 32)),
            captures,
            captures ? [.. PixelFormats().Select(FourCc)] : []);
    }

    private List<uint> PixelFormats()
    {
        var formats = new List<uint>();
        for (uint index = 0; index < MostItems; index++)
        {
            var format = new V4l2Native.FormatDescription { Index = index, Type = V4l2Native.VideoCapture };
            if (V4l2Native.Call(handle, V4l2Native.EnumerateFormats, ref format) != 0)
            {
                break;
            }

            formats.Add(format.PixelFormat);
        }

        return formats;
    }

    private List<PixelSize> Sizes(uint pixelFormat)
    {
        var sizes = new List<PixelSize>();
        for (uint index = 0; index < MostItems; index++)
        {
            var size = new V4l2Native.FrameSize { Index = index, PixelFormat = pixelFormat };
            if (V4l2Native.Call(handle, V4l2Native.EnumerateFrameSizes, ref size) != 0)
            {
                break;
            }

            if (size.Type == V4l2Native.Discrete)
            {
                sizes.Add(new PixelSize((int)size.Values[0], (int)size.Values[1]));
                continue;
            }

            // Minimum, maximum and step of the width, then of the height.
            var (minimum, maximum) = (new PixelSize((int)size.Values[0], (int)size.Values[3]), new PixelSize((int)size.Values[1], (int)size.Values[4]));
            var (stepX, stepY) = (Math.Max(1, (int)size.Values[2]), Math.Max(1, (int)size.Values[5]));
            sizes.AddRange(UsualSizes.Where(usual =>
                usual.Width >= minimum.Width && usual.Width <= maximum.Width && (usual.Width - minimum.Width) % stepX == 0
                && usual.Height >= minimum.Height && usual.Height <= maximum.Height && (usual.Height - minimum.Height) % stepY == 0));
            sizes.Add(maximum);
            break;
        }

        return [.. sizes.Distinct()];
    }

    private Dictionary<V4l2ControlId, V4l2Control> FindControls()
    {
        var controls = new Dictionary<V4l2ControlId, V4l2Control>();
        foreach (var id in Enum.GetValues<V4l2ControlId>())
        {
            var description = new V4l2Native.ControlDescription { Id = (uint)id };
            if (V4l2Native.Call(handle, V4l2Native.QueryControl, ref description) != 0
                || (description.Flags & (V4l2Native.FlagDisabled | V4l2Native.FlagReadOnly)) != 0
                || description.Type is not (V4l2Native.TypeInteger or V4l2Native.TypeBoolean or V4l2Native.TypeMenu)
                || description.Minimum > description.Maximum)
            {
                continue;
            }

            controls[id] = new V4l2Control(
                id,
                description.Minimum,
                description.Maximum,
                Math.Max(1, description.Step),
                Math.Clamp(description.DefaultValue, description.Minimum, description.Maximum),
                description.Type == V4l2Native.TypeMenu ? MenuItems(description) : []);
        }

        return controls;
    }

    /// <summary>A menu may have holes: most webcams lack two of the four exposure modes.</summary>
    private List<int> MenuItems(V4l2Native.ControlDescription menu)
    {
        var items = new List<int>();
        for (var index = menu.Minimum; index <= menu.Maximum && items.Count < MostItems; index++)
        {
            var item = new V4l2Native.MenuItem { Id = menu.Id, Index = (uint)index };
            if (V4l2Native.Call(handle, V4l2Native.QueryMenu, ref item) == 0)
            {
                items.Add(index);
            }
        }

        return items;
    }
}
