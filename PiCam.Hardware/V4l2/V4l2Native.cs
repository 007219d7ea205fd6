using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PiCam.Hardware.V4l2;

/// <summary>The calls and layouts of <c>linux/videodev2.h</c> and <c>linux/v4l2-controls.h</c> that PiCam uses. The same on 32 and 64 bit.</summary>
internal static unsafe partial class V4l2Native
{
    public const uint VideoCapture = 1;

    // V4L2_CAP_…
    public const uint CapVideoCapture = 0x1;
    public const uint CapStreaming = 0x0400_0000;
    public const uint CapDeviceCaps = 0x8000_0000;

    // V4L2_CTRL_FLAG_… and V4L2_CTRL_TYPE_…
    public const uint FlagDisabled = 0x1;
    public const uint FlagReadOnly = 0x4;
    public const uint TypeInteger = 1;
    public const uint TypeBoolean = 2;
    public const uint TypeMenu = 3;

    // V4L2_FRMSIZE_TYPE_DISCRETE, V4L2_FRMIVAL_TYPE_DISCRETE
    public const uint Discrete = 1;

    public static readonly uint QueryCapabilities = Request(ReadBit, 0, sizeof(Capability));
    public static readonly uint EnumerateFormats = Request(ReadBit | WriteBit, 2, sizeof(FormatDescription));
    public static readonly uint GetControl = Request(ReadBit | WriteBit, 27, sizeof(ControlValue));
    public static readonly uint SetControl = Request(ReadBit | WriteBit, 28, sizeof(ControlValue));
    public static readonly uint QueryControl = Request(ReadBit | WriteBit, 36, sizeof(ControlDescription));
    public static readonly uint QueryMenu = Request(ReadBit | WriteBit, 37, sizeof(MenuItem));
    public static readonly uint EnumerateFrameSizes = Request(ReadBit | WriteBit, 74, sizeof(FrameSize));
    public static readonly uint EnumerateFrameIntervals = Request(ReadBit | WriteBit, 75, sizeof(FrameInterval));

    public const int NoEntry = 2;
    public const int NoSuchDeviceOrAddress = 6;
    public const int NoDevice = 19;

    private const uint WriteBit = 1;
    private const uint ReadBit = 2;
    private const int Interrupted = 4;
    private const int ReadWrite = 2;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x8_0000;

    /// <summary>Opens a device without starting anything; ffmpeg streams through a descriptor of its own.</summary>
    public static SafeFileHandle Open(string path) => OpenFile(path, ReadWrite | NonBlocking | CloseOnExec);

    /// <summary>One ioctl, repeated while a signal interrupts it.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Call<T>(SafeFileHandle device, uint request, ref T argument)
        where T : unmanaged
    {
        while (Ioctl(device, request, Unsafe.AsPointer(ref argument)) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                return error;
            }
        }

        return 0;
    }

    /// <summary>The text in a field of bytes that ends with a NUL, or does not.</summary>
    public static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return System.Text.Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    /// <summary>_IOC of <c>asm-generic/ioctl.h</c>: direction, size, type 'V', number; arm, arm64 and x64 agree.</summary>
    private static uint Request(uint direction, uint number, int size) => (direction << 30) | ((uint)size << 16) | ('V' << 8) | number;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(SafeFileHandle device, nuint request, void* argument);

    /// <summary>struct v4l2_capability</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Capability
    {
        public fixed byte Driver[16];
        public fixed byte Card[32];
        public fixed byte BusInfo[32];
        public uint Version;
        public uint Capabilities;
        public uint DeviceCaps;
        public fixed uint Reserved[3];
    }

    /// <summary>struct v4l2_fmtdesc</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct FormatDescription
    {
        public uint Index;
        public uint Type;
        public uint Flags;
        public fixed byte Description[32];
        public uint PixelFormat;
        public uint MediaBusCode;
        public fixed uint Reserved[3];
    }

    /// <summary>struct v4l2_control</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ControlValue
    {
        public uint Id;
        public int Value;
    }

    /// <summary>struct v4l2_queryctrl</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ControlDescription
    {
        public uint Id;
        public uint Type;
        public fixed byte Name[32];
        public int Minimum;
        public int Maximum;
        public int Step;
        public int DefaultValue;
        public uint Flags;
        public fixed uint Reserved[2];
    }

    /// <summary>struct v4l2_querymenu, which is packed</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public struct MenuItem
    {
        public uint Id;
        public uint Index;
        public fixed byte Name[32];
        public uint Reserved;
    }

    /// <summary>struct v4l2_frmsizeenum; a discrete size is MinimumWidth and MaximumWidth (as height), a stepwise one all six.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct FrameSize
    {
        public uint Index;
        public uint PixelFormat;
        public uint Type;
        public fixed uint Values[6];
        public fixed uint Reserved[2];
    }

    /// <summary>struct v4l2_frmivalenum; a discrete interval is the first fraction, a stepwise one has three: shortest, longest, step.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct FrameInterval
    {
        public uint Index;
        public uint PixelFormat;
        public uint Width;
        public uint Height;
        public uint Type;
        public fixed uint Values[6];
        public fixed uint Reserved[2];
    }
}
